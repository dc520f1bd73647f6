// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package intercept

import (
	"crypto/sha1"
	"crypto/x509"
	"encoding/binary"
	"encoding/pem"
	"errors"
	"slices"
	"testing"
)

// TestAuthority: programs that trust the authority trust it only for Twilio's hosts.
func TestAuthority(t *testing.T) {
	t.Parallel()
	a, err := newAuthority()
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(a.certificate)
	verify := func(host string) error {
		issued, err := a.issue(host)
		if err != nil {
			t.Fatal(err)
		}
		leaf, err := x509.ParseCertificate(issued.Certificate[0])
		if err != nil {
			t.Fatal(err)
		}
		_, err = leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: host})
		return err
	}
	for _, host := range []string{"twilio.com", "api.twilio.com", "Api.Twilio.com", "a.b.c.twilio.com"} {
		if err := verify(host); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
	for _, host := range []string{"example.com", "nottwilio.com", "com"} {
		var invalid x509.CertificateInvalidError
		if err := verify(host); !errors.As(err, &invalid) || invalid.Reason != x509.CANotAuthorizedForThisName {
			t.Errorf("%s: %v", host, err)
		}
	}
	first, _ := a.issue("api.twilio.com")
	second, _ := a.issue("API.twilio.com.")
	if first != second {
		t.Error("two certificates for one host")
	}
	if other, err := newAuthority(); err != nil || other.certificate.Subject.CommonName == a.certificate.Subject.CommonName {
		t.Errorf("two authorities of one name, %v", err)
	}
}

// TestJavaTrustStore parses a file according to the description of Java's JKS format.
func TestJavaTrustStore(t *testing.T) {
	t.Parallel()
	certificates := []string{"one", "number two"}
	var bundle []byte
	for _, certificate := range certificates {
		bundle = append(bundle, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: []byte(certificate)})...)
	}
	stored := javaTrustStore(bundle)
	content, digest := stored[:len(stored)-sha1.Size], stored[len(stored)-sha1.Size:]
	password := []byte("\x00c\x00h\x00a\x00n\x00g\x00e\x00i\x00t")
	if want := sha1.Sum(slices.Concat(password, []byte("Mighty Aphrodite"), content)); [sha1.Size]byte(digest) != want {
		t.Errorf("digest %x, want %x", digest, want)
	}
	next := func(n int) []byte {
		part := content[:n]
		content = content[n:]
		return part
	}
	if magic, version, number := next(4), next(4), next(4); string(magic) != "\xfe\xed\xfe\xed" || version[3] != 2 || int(number[3]) != len(certificates) {
		t.Fatalf("%x %x %x", magic, version, number)
	}
	aliases := make(map[string]bool)
	for _, certificate := range certificates {
		if tag := next(4); tag[3] != 2 {
			t.Errorf("entry of kind %x", tag)
		}
		aliases[string(next(int(binary.BigEndian.Uint16(next(2)))))] = true
		_ = next(8) // date of creation
		if kind := string(next(int(binary.BigEndian.Uint16(next(2))))); kind != "X.509" {
			t.Errorf("kind %q", kind)
		}
		if got := string(next(int(binary.BigEndian.Uint32(next(4))))); got != certificate {
			t.Errorf("certificate %q, want %q", got, certificate)
		}
	}
	if len(content) > 0 || len(aliases) != len(certificates) {
		t.Errorf("%x is left; aliases %v", content, aliases)
	}
}
