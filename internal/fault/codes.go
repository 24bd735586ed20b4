package fault

// Family groups codes by what a script should do about them; each has one exit status.
type Family uint8

// The families, in the order of their exit statuses (documented in the man page).
const (
	FamilyInternal Family = iota // 1: a defect of ours, or nothing better is known
	FamilyUsage                  // 2: the command line or a query is wrong
	FamilyConfig                 // 3: a setting is wrong
	FamilyInput                  // 4: a file or input could not be understood
	FamilyNotFound               // 5: the thing asked for does not exist
	FamilyOffline                // 6: the platform can't be reached or does not answer properly
	FamilyRefused                // 7: the platform says no (not signed in, not allowed)
	FamilyStorage                // 8: the local store or the platform's database
	FamilyKeyring                // 9: the OS keyring
	FamilyLedger                 // 10: the books do not balance
)

// Exit is the process exit status of the family.
func (f Family) Exit() int { return int(f) + 1 }

// The codes.
const (
	Internal Code = "internal"
	Canceled Code = "canceled"

	BadUsage    Code = "bad_usage"    // command line: args detail
	BadWeek     Code = "bad_week"     // args value
	BadDate     Code = "bad_date"     // args value
	BadSpan     Code = "bad_span"     // args from, to
	BadTime     Code = "bad_time"     // args value
	BadQuery    Code = "bad_query"    // args value, part, want
	BadAmount   Code = "bad_amount"   // args value
	NoTerminal  Code = "no_terminal"  // the screens need a terminal
	NobodyAsked Code = "nobody_asked" // it asks at every step, and nobody is there to answer
	BadRequest  Code = "bad_request"  // HTTP request refused by the contract
	BadCursor   Code = "bad_cursor"   // a page cursor that this platform did not make
	CursorOld   Code = "cursor_old"   // the cursor is from another ledger: start again
	TooLarge    Code = "too_large"    // body over the limit; args limit
	BadMethod   Code = "bad_method"   // args method, allow
	BadMedia    Code = "bad_media"    // content type not understood
	NotFound    Code = "not_found"    // args what
	RateLimited Code = "rate_limited" // args seconds

	BadConfig      Code = "bad_config"       // a value that can't be; args file, line, key, value, want
	ConfigSyntax   Code = "config_syntax"    // the file is no TOML; args file, line, detail
	UnknownKey     Code = "unknown_key"      // args file, line, key, near
	StrangeKey     Code = "strange_key"      // a key like no other; args file, line, key, all
	BadEnv         Code = "bad_env"          // args name, value, want
	BadFlag        Code = "bad_flag"         // args name, value, want
	UnknownFlag    Code = "unknown_flag"     // args value, near
	StrangeFlag    Code = "strange_flag"     // a flag like no other; args value, want
	UnknownCommand Code = "unknown_command"  // args value, near
	StrangeCommand Code = "strange_command"  // a command like no other; args value
	MissingArg     Code = "missing_argument" // args name, want
	ExtraArg       Code = "extra_argument"   // args value, want
	Together       Code = "not_together"     // two flags that exclude each other; args name, value
	NoBalances     Code = "no_balances"      // a statement says nothing of balances; args file
	NoSecret       Code = "no_secret"        // a secret is needed and nobody can be asked; args what, flag
	Unasked        Code = "unasked"          // a question is asked in a terminal alone, and this is none
	NoAnswer       Code = "no_answer"        // a question has to be answered and nobody can be asked; args flag, which answers it
	BadFile        Code = "bad_file"         // args file, detail
	NoFile         Code = "no_file"          // args file
	BadStatement   Code = "bad_statement"    // args file, detail
	UnknownScene   Code = "unknown_scenario" // args name, near, all
	BadScenario    Code = "bad_scenario"     // args file, line, detail
	NoPlatform     Code = "no_platform"      // nothing is configured yet
	Unreachable    Code = "unreachable"      // args url
	TimedOut       Code = "timed_out"        // args url
	BadAnswer      Code = "bad_answer"       // the answer is not of the contract; args url, detail
	ServerError    Code = "server_error"     // 5xx; args status
	AddressInUse   Code = "address_in_use"   // args address
	Unauthorized   Code = "unauthorized"     // no or unknown token
	OtherServer    Code = "other_server"     // the keyring's token is for another platform; args url
	InsecureURL    Code = "insecure_url"     // plain http beyond loopback; args url
	BadURL         Code = "bad_url"          // no address of a platform; args url
	StoreDamaged   Code = "store_damaged"    // args file
	BooksDamaged   Code = "books_damaged"    // those of the reference platform; args file
	StoreBusy      Code = "store_busy"       // args file
	StoreKey       Code = "store_key"        // the store does not open with this key; args file
	StoreNewer     Code = "store_newer"      // made by a newer version; args file
	StoreDenied    Code = "store_denied"     // the system does not let us read or write it; args file
	StoreUnsafe    Code = "store_unsafe"     // a link, directory or device stands where the store should be; args file
	NoSpace        Code = "no_space"         // args file
	KeyringNone    Code = "keyring_none"     // no bus or no service
	KeyringStuck   Code = "keyring_stuck"    // does not answer in time
	KeyringLocked  Code = "keyring_locked"   // locked, and nobody to unlock it
	KeyringDenied  Code = "keyring_denied"   // the prompt was dismissed, or the write did not stay
	EnrolmentLeft  Code = "enrolment_left"   // what an enrolment that did not begin has made can't be removed
	EnrolmentTaken Code = "enrolment_taken"  // another run on this device has this enrolment's place, or has ended it
	KeyringMissing Code = "keyring_missing"  // the entry that was there is gone
	KeyringDamaged Code = "keyring_damaged"  // the entry is there but is not ours to read
	KeyFileDamaged Code = "key_file_damaged" // the sealed file that stands for the keyring does not open whole; args file
	Unbalanced     Code = "unbalanced"       // args detail
	Insufficient   Code = "insufficient"     // args have, want

	BadPIN           Code = "bad_pin"           // not digits, or too few or many; args least, most
	WeakPIN          Code = "weak_pin"          // too easy to guess; args detail and why, an id of its words
	WeakPassphrase   Code = "weak_passphrase"   // args detail and why, as above
	WrongPassphrase  Code = "wrong_passphrase"  // the sealed file does not open with it; args file
	NoConsent        Code = "no_consent"        // nobody agreed to keep keys in a file
	FileExposed      Code = "file_exposed"      // others can read a file or directory of secrets; args file
	BadChallenge     Code = "bad_challenge"     // not the bytes that a challenge must have; args detail
	ChallengeDiffers Code = "challenge_differs" // it asks for something else than the person did; args field
	UnsafeText       Code = "unsafe_text"       // a name that the filter would change; args field
	BadProof         Code = "bad_proof"         // a DPoP proof or signature that does not hold; args detail
	ProofReplayed    Code = "proof_replayed"    // a DPoP proof that was used before
	NonceNeeded      Code = "nonce_needed"      // the proof lacks the platform's fresh nonce
	WrongCode        Code = "wrong_code"        // a code or signature does not fit, and which is not said; args left, if tries are counted
	BadSeal          Code = "bad_seal"          // the secret of an enrolment is not sealed for this device

	StepUpRequired     Code = "step_up_required"    // a session that may act is needed: the PIN
	DeviceRevoked      Code = "device_revoked"      // this device may do nothing any more
	DevicePaused       Code = "device_paused"       // too many wrong codes in a row; args until, seconds
	DeviceBlocked      Code = "device_blocked"      // far too many wrong codes
	DeviceLimit        Code = "device_limit"        // args limit
	EnrolmentOver      Code = "enrolment_over"      // an enrolment that expired or had too many tries
	Paused             Code = "paused"              // everything stands still; args until
	QuoteExpired       Code = "quote_expired"       // its time is over
	QuoteOutdated      Code = "quote_outdated"      // what it stood on changed: a balance, a destination, the catalogue
	QuoteUsed          Code = "quote_used"          // a quote is used once
	ChallengeExpired   Code = "challenge_expired"   // its time or its tries are over, or a newer one took its place
	OverLimit          Code = "over_limit"          // args limit, left
	NothingConvertible Code = "nothing_convertible" // no rail takes any of it
	NotVerified        Code = "not_verified"        // args rail
	NoDestination      Code = "no_destination"      // args rail
	DestinationNew     Code = "destination_new"     // args payee, until
	KeyMissing         Code = "key_missing"         // no Idempotency-Key
	KeyReused          Code = "key_reused"          // an Idempotency-Key with another body
	KeyInFlight        Code = "key_in_flight"       // the first request of this key is not answered yet
	AlreadyCanceled    Code = "already_cancelled"   // a mandate that ended before
	AlreadyDisputed    Code = "already_disputed"    // a charge is disputed once
	NotDisputable      Code = "not_disputable"      // args detail and why, an id of its words
	NotSteady          Code = "not_steady"          // nothing may go by itself here; args detail and why, an id of its words
	TooLate            Code = "too_late"            // it can no longer be changed
	UnknownOutcome     Code = "unknown_outcome"     // the answer to something that may have happened was lost; args url
	NotArrived         Code = "not_arrived"         // an act ended and not all of it arrived; args state
	CatalogueDiffers   Code = "catalogue_differs"   // rails and rules of another version; args want, have
	PinChanged         Code = "pin_changed"         // the platform shows another key than at enrolment
	LogAltered         Code = "log_altered"         // the platform's log does not lead on from what was seen of it; args line
	NotEnrolled        Code = "not_enrolled"        // this device is not enrolled yet

	BadRecording    Code = "bad_recording"    // no recording, or one that makes no sense; args file, detail
	NewerRecording  Code = "newer_recording"  // of a newer format than this build reads; args file
	SealedRecording Code = "sealed_recording" // for somebody's key, and none was given; args file
	WrongIdentity   Code = "wrong_identity"   // sealed for another key; args file
	BadIdentity     Code = "bad_identity"     // not an age identity file; args file
	Unverifiable    Code = "unverifiable"     // a recording without hashes of its frames; args file
	ReplayDiffers   Code = "replay_differs"   // this build draws another frame; args step, steps
	FileThere       Code = "file_there"       // a new file was wanted and there is one already; args file
	NoTool          Code = "no_tool"          // another program is needed; args name, package
)

type rank struct {
	family Family
	status int
}

var ranks = map[Code]rank{
	Internal: {FamilyInternal, 500}, Canceled: {FamilyInternal, 499},
	BadUsage: {FamilyUsage, 400}, BadWeek: {FamilyUsage, 400}, BadDate: {FamilyUsage, 400}, BadSpan: {FamilyUsage, 400}, BadTime: {FamilyUsage, 400},
	BadQuery: {FamilyUsage, 400}, BadAmount: {FamilyUsage, 400}, NoTerminal: {FamilyUsage, 400}, NobodyAsked: {FamilyUsage, 400},
	BadRequest: {FamilyUsage, 400}, BadCursor: {FamilyUsage, 400}, CursorOld: {FamilyUsage, 410},
	TooLarge: {FamilyUsage, 413}, BadMethod: {FamilyUsage, 405}, BadMedia: {FamilyUsage, 415},
	RateLimited: {FamilyRefused, 429}, NotFound: {FamilyNotFound, 404},
	BadConfig: {FamilyConfig, 400}, UnknownKey: {FamilyConfig, 400}, BadEnv: {FamilyConfig, 400},
	ConfigSyntax: {FamilyConfig, 400}, StrangeKey: {FamilyConfig, 400}, BadFlag: {FamilyUsage, 400},
	UnknownFlag: {FamilyUsage, 400}, StrangeFlag: {FamilyUsage, 400}, UnknownCommand: {FamilyUsage, 400}, StrangeCommand: {FamilyUsage, 400},
	MissingArg: {FamilyUsage, 400}, ExtraArg: {FamilyUsage, 400}, Together: {FamilyUsage, 400},
	OtherServer: {FamilyConfig, 400}, NoBalances: {FamilyUsage, 400}, NoSecret: {FamilyUsage, 400}, NoAnswer: {FamilyUsage, 400}, Unasked: {FamilyUsage, 400},
	BadFile: {FamilyInput, 400}, NoFile: {FamilyNotFound, 404}, BadStatement: {FamilyInput, 400},
	UnknownScene: {FamilyNotFound, 404}, BadScenario: {FamilyInput, 400},
	NoPlatform: {FamilyConfig, 400}, Unreachable: {FamilyOffline, 502}, TimedOut: {FamilyOffline, 504},
	BadAnswer: {FamilyOffline, 502}, ServerError: {FamilyOffline, 500}, AddressInUse: {FamilyConfig, 500},
	Unauthorized: {FamilyRefused, 401}, InsecureURL: {FamilyConfig, 400}, BadURL: {FamilyConfig, 400},
	StoreDamaged: {FamilyStorage, 500}, BooksDamaged: {FamilyStorage, 500}, StoreBusy: {FamilyStorage, 503}, StoreKey: {FamilyStorage, 500},
	StoreNewer: {FamilyStorage, 500}, NoSpace: {FamilyStorage, 507},
	StoreDenied: {FamilyStorage, 500}, StoreUnsafe: {FamilyStorage, 500},
	KeyringNone: {FamilyKeyring, 500}, KeyringStuck: {FamilyKeyring, 500}, KeyringLocked: {FamilyKeyring, 500},
	KeyringDenied: {FamilyKeyring, 500}, KeyringMissing: {FamilyKeyring, 500},
	KeyringDamaged: {FamilyKeyring, 500}, KeyFileDamaged: {FamilyKeyring, 500}, EnrolmentLeft: {FamilyKeyring, 500}, EnrolmentTaken: {FamilyRefused, 409},
	Unbalanced: {FamilyLedger, 500}, Insufficient: {FamilyRefused, 422},
	BadPIN: {FamilyUsage, 400}, WeakPIN: {FamilyUsage, 400}, WeakPassphrase: {FamilyUsage, 400},
	WrongPassphrase: {FamilyKeyring, 500}, NoConsent: {FamilyKeyring, 500}, FileExposed: {FamilyStorage, 500},
	BadChallenge: {FamilyOffline, 400}, ChallengeDiffers: {FamilyRefused, 409}, UnsafeText: {FamilyRefused, 422},
	BadProof: {FamilyRefused, 401}, ProofReplayed: {FamilyRefused, 401}, NonceNeeded: {FamilyRefused, 401},
	WrongCode: {FamilyRefused, 403}, BadSeal: {FamilyOffline, 502},
	StepUpRequired:     {FamilyRefused, 403},
	DeviceRevoked:      {FamilyRefused, 403},
	DevicePaused:       {FamilyRefused, 423},
	DeviceBlocked:      {FamilyRefused, 423},
	DeviceLimit:        {FamilyRefused, 409},
	EnrolmentOver:      {FamilyRefused, 410},
	Paused:             {FamilyRefused, 423},
	QuoteExpired:       {FamilyRefused, 409},
	QuoteOutdated:      {FamilyRefused, 409},
	QuoteUsed:          {FamilyRefused, 409},
	ChallengeExpired:   {FamilyRefused, 410},
	OverLimit:          {FamilyRefused, 422},
	NothingConvertible: {FamilyRefused, 422},
	NotVerified:        {FamilyRefused, 422},
	NoDestination:      {FamilyRefused, 422},
	DestinationNew:     {FamilyRefused, 422},
	KeyMissing:         {FamilyUsage, 400},
	KeyReused:          {FamilyRefused, 422},
	KeyInFlight:        {FamilyRefused, 409},
	AlreadyCanceled:    {FamilyRefused, 409},
	AlreadyDisputed:    {FamilyRefused, 409},
	NotDisputable:      {FamilyRefused, 422},
	NotSteady:          {FamilyRefused, 422},
	TooLate:            {FamilyRefused, 409},
	UnknownOutcome:     {FamilyOffline, 504},
	NotArrived:         {FamilyRefused, 409},
	CatalogueDiffers:   {FamilyOffline, 502},
	PinChanged:         {FamilyRefused, 403},
	LogAltered:         {FamilyLedger, 502},
	NotEnrolled:        {FamilyConfig, 400},

	BadRecording:    {FamilyInput, 400},
	NewerRecording:  {FamilyInput, 400},
	SealedRecording: {FamilyInput, 400},
	WrongIdentity:   {FamilyInput, 400},
	BadIdentity:     {FamilyInput, 400},
	Unverifiable:    {FamilyInput, 400},
	ReplayDiffers:   {FamilyInternal, 500},
	FileThere:       {FamilyStorage, 409},
	NoTool:          {FamilyConfig, 500},
}

// Codes lists every known code, for tests that go through all of them.
func Codes() []Code {
	list := make([]Code, 0, len(ranks))
	for c := range ranks {
		list = append(list, c)
	}
	return list
}

// Known reports whether c is a published code.
func (c Code) Known() bool { _, ok := ranks[c]; return ok }

// Family is the family of c; an unknown code is internal.
func (c Code) Family() Family { return ranks[c].family }

// Status is the HTTP status of c.
func (c Code) Status() int {
	if r, ok := ranks[c]; ok {
		return r.status
	}
	return ranks[Internal].status
}
