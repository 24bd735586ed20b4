package challenge

import "testing"

func TestServerOf(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://Wallet.Example/":        "https://wallet.example",
		"https://wallet.example:443/api": "https://wallet.example",
		"HTTPS://wallet.example:8443":    "https://wallet.example:8443",
		"http://127.0.0.1:8750/v1/acts":  "http://127.0.0.1:8750",
		"http://127.0.0.1":               "http://127.0.0.1",
		"http://[::1]:80/":               "http://[::1]",
		"http://wallet.example:":         "http://wallet.example",
	} {
		if got, err := ServerOf(address); err != nil || got != want {
			t.Errorf("%s is %q, want %q: %v", address, got, want, err)
		}
	}
	for _, address := range []string{"", "wallet.example", "ftp://wallet.example", "https://", "https://u:p@wallet.example", "https://a b", "://"} {
		if got, err := ServerOf(address); err == nil {
			t.Errorf("%q is %q", address, got)
		}
	}
}
