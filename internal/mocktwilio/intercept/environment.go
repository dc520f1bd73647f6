// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package intercept

import (
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// neverProxied are the hosts that programs must reach without the proxy. The user's own NO_PROXY applies to the connections that
// the proxy passes through. In the environment of a program, it might name twilio.com.
const neverProxied = "localhost,127.0.0.1,::1"

// trustVariables name a file with the certificates that a program trusts. The file replaces those that the program would trust
// otherwise, so it must also contain the user's own certificates: those of the file that the variable named, or else of the
// variable before it, or else the system's. SSL_CERT_DIR is not changed, because certificates in it are trusted in addition.
var trustVariables = []string{
	"SSL_CERT_FILE",      // Go, OpenSSL: Ruby, Python's ssl, .NET on Linux
	"CURL_CA_BUNDLE",     // precedes SSL_CERT_FILE in curl
	"REQUESTS_CA_BUNDLE", // precedes CURL_CA_BUNDLE in Python's requests
}

// newEnvironment writes the files and returns the variables that name them.
func (i *Interceptor) newEnvironment() ([]string, error) {
	authority := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: i.authority.certificate.Raw})
	system, err := systemTrusted()
	if err != nil {
		return nil, err
	}
	if system == nil {
		i.options.Report("found no file with the system's certificates. Programs that use SSL_CERT_FILE, REQUESTS_CA_BUNDLE, " +
			"CURL_CA_BUNDLE, or a Java trust store can connect only to Twilio's hosts, unless you set these variables")
	}
	var set []string
	proxy := "http://" + i.options.Address
	for _, name := range []string{"HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"} {
		set = append(set, name+"="+proxy, strings.ToLower(name)+"="+proxy)
	}
	set = append(set, "NO_PROXY="+neverProxied, "no_proxy="+neverProxied, "NODE_USE_ENV_PROXY=1")

	// extend writes a file with the authority and the certificates of the file that a variable named, or else the given ones. It
	// returns these certificates without the authority.
	extend := func(variable string, bundle []byte) ([]byte, error) {
		if own := i.userVariable(variable); own != "" {
			var err error
			if bundle, err = trusted(own); err != nil {
				return nil, fmt.Errorf("%s: %w", variable, err)
			}
		}
		path, err := i.write(strings.ToLower(variable)+".pem", slices.Concat(bundle, authority))
		set = append(set, variable+"="+path)
		return bundle, err
	}
	bundle := system
	for _, variable := range trustVariables {
		if bundle, err = extend(variable, bundle); err != nil {
			return nil, err
		}
	}
	// Node adds these to its own certificates.
	if _, err := extend("NODE_EXTRA_CA_CERTS", nil); err != nil {
		return nil, err
	}
	// Software from Nix prefers this variable to SSL_CERT_FILE.
	if i.userVariable("NIX_SSL_CERT_FILE") != "" {
		if _, err := extend("NIX_SSL_CERT_FILE", nil); err != nil {
			return nil, err
		}
	}
	scanned, err := i.writePHP(i.path("ssl_cert_file.pem"))
	if err != nil {
		return nil, err
	}
	// The first of several directories is PHP's own, unless the user sets one.
	set = append(set, "PHP_INI_SCAN_DIR="+i.userVariable("PHP_INI_SCAN_DIR")+string(os.PathListSeparator)+scanned)
	trustStore, err := i.write("java.jks", javaTrustStore(slices.Concat(system, authority)))
	if err != nil {
		return nil, err
	}
	return append(set, i.javaVariables(trustStore)...), nil
}

// javaVariables returns the variables with options for Java. Later options override earlier ones, and those of the optional
// variables override JAVA_TOOL_OPTIONS.
func (i *Interceptor) javaVariables(trustStore string) []string {
	host, port, _ := net.SplitHostPort(i.options.Address)
	options := strings.Join([]string{
		"-Dhttps.proxyHost=" + host, "-Dhttps.proxyPort=" + port,
		"-Dhttp.proxyHost=" + host, "-Dhttp.proxyPort=" + port,
		"-Dhttp.nonProxyHosts=localhost|127.*|[::1]",
		`"-Djavax.net.ssl.trustStore=` + trustStore + `"`,
		"-Djavax.net.ssl.trustStoreType=jks", "-Djavax.net.ssl.trustStorePassword=" + javaPassword,
	}, " ")
	set := []string{"JAVA_TOOL_OPTIONS=" + strings.TrimSpace(i.userVariable("JAVA_TOOL_OPTIONS")+" "+options)}
	for _, variable := range []string{"JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"} {
		if own := i.userVariable(variable); own != "" {
			set = append(set, variable+"="+own+" "+options)
		}
	}
	return set
}

// userVariable returns a variable of the user's environment.
func (i *Interceptor) userVariable(name string) string {
	for _, variable := range slices.Backward(i.options.Environ) {
		if value, ok := strings.CutPrefix(variable, name+"="); ok {
			return value
		}
	}
	return ""
}

// writePHP writes settings for PHP, which has no variable for certificates, and returns their directory.
func (i *Interceptor) writePHP(bundle string) (string, error) {
	if err := os.Mkdir(i.path("php"), 0o700); err != nil {
		return "", err
	}
	settings := fmt.Sprintf("curl.cainfo = \"%[1]s\"\nopenssl.cafile = \"%[1]s\"\n", bundle)
	file, err := i.write(filepath.Join("php", "mocktwilio.ini"), []byte(settings))
	return filepath.Dir(file), err
}

// write writes a file to the directory and returns its path.
func (i *Interceptor) write(name string, content []byte) (string, error) {
	return i.path(name), os.WriteFile(i.path(name), content, 0o600)
}

func (i *Interceptor) path(name string) string { return filepath.Join(i.dir, name) }
