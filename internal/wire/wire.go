// Package wire is the HTTP contract between wallets and platforms.
//
// openapi.yaml is the source; wire.gen.go is made from it and committed, and a
// test says when it is stale. The conversions between the contract's shapes
// and the nouns of internal/wallet stand here, because both sides use them.
// Every string from outside is a safe.Line, filtered while it is decoded.
package wire

import _ "embed"

//go:generate go run github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2 -config oapi-codegen.yaml openapi.yaml

// Contract is the text of openapi.yaml.
//
//go:embed openapi.yaml
var Contract []byte
