// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package intercept

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"sync"
	"time"
)

// validity is how long a server with a proxy can run.
const validity = 30 * 24 * time.Hour

// authority is a certificate authority for Twilio's hosts. Its private key is only in memory.
type authority struct {
	certificate *x509.Certificate
	key         crypto.Signer

	mu     sync.Mutex
	issued map[string]*tls.Certificate // by canonical host name
}

func newAuthority() (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	number, err := serialNumber()
	if err != nil {
		return nil, err
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: number,
		// The number distinguishes the authorities of several runs.
		Subject:               pkix.Name{CommonName: "mocktwilio " + number.Text(16)},
		NotBefore:             now.Add(-time.Hour),
		NotAfter:              now.Add(validity),
		KeyUsage:              x509.KeyUsageCertSign,
		BasicConstraintsValid: true,
		IsCA:                  true,
		MaxPathLenZero:        true,
		// Programs that trust the authority trust it only for Twilio's hosts.
		PermittedDNSDomainsCritical: true,
		PermittedDNSDomains:         []string{"twilio.com"},
		ExcludedIPRanges: []*net.IPNet{
			{IP: net.IPv4zero.To4(), Mask: net.CIDRMask(0, 32)},
			{IP: net.IPv6zero, Mask: net.CIDRMask(0, 128)},
		},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &authority{certificate: certificate, key: key, issued: make(map[string]*tls.Certificate)}, nil
}

// issue returns the certificate of a host.
func (a *authority) issue(host string) (*tls.Certificate, error) {
	host = canonical(host)
	a.mu.Lock()
	defer a.mu.Unlock()
	if issued := a.issued[host]; issued != nil {
		return issued, nil
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	number, err := serialNumber()
	if err != nil {
		return nil, err
	}
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber: number,
		Subject:      pkix.Name{Organization: []string{"mocktwilio"}},
		DNSNames:     []string{host},
		NotBefore:    a.certificate.NotBefore,
		NotAfter:     a.certificate.NotAfter,
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}, a.certificate, key.Public(), a.key)
	if err != nil {
		return nil, err
	}
	issued := &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	a.issued[host] = issued
	return issued, nil
}

func serialNumber() (*big.Int, error) {
	return rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
}
