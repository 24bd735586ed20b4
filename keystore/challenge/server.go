package challenge

import (
	"errors"
	"net/url"
	"strings"

	"jandon/internal/fault"
)

// ServerOf is how challenges name the platform at an address, on both sides:
// lower-case scheme and host, the port unless it is the scheme's own, and
// nothing else, since a platform can't know under which path it is reached.
func ServerOf(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil {
		return "", fault.Wrap(errors.New("challenge: not the address of a platform"), fault.Internal)
	}
	scheme, host := strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	port := map[string]string{"https": ":443", "http": ":80"}[scheme]
	name := scheme + "://" + strings.TrimSuffix(strings.TrimSuffix(host, port), ":")
	if port == "" || !isServer(name) {
		return "", fault.Wrap(errors.New("challenge: not the address of a platform"), fault.Internal)
	}
	return name, nil
}
