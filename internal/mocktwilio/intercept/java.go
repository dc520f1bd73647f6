// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package intercept

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // required by the format
	"encoding/binary"
	"encoding/pem"
	"strconv"
	"time"
	"unicode/utf16"
)

// javaPassword is Java's default password and protects nothing. The file only has public certificates.
const javaPassword = "changeit"

// javaTrustStore returns the certificates of a PEM text in Java's own format, JKS, because Java does not read PEM.
func javaTrustStore(bundle []byte) []byte {
	var entries bytes.Buffer
	number := uint32(0)
	created := uint64(time.Now().UnixMilli())
	for block, rest := pem.Decode(bundle); block != nil; block, rest = pem.Decode(rest) {
		number++
		store(&entries, uint32(2)) // a trusted certificate
		storeText(&entries, "authority-"+strconv.Itoa(int(number)))
		store(&entries, created)
		storeText(&entries, "X.509")
		store(&entries, uint32(len(block.Bytes))) //nolint:gosec // no certificate is that long
		entries.Write(block.Bytes)
	}
	var keystore bytes.Buffer
	store(&keystore, uint32(0xfeedfeed), uint32(2), number) // magic, version
	keystore.Write(entries.Bytes())

	digest := sha1.New() //nolint:gosec // required by the format
	for _, unit := range utf16.Encode([]rune(javaPassword)) {
		store(digest, unit)
	}
	digest.Write([]byte("Mighty Aphrodite")) // also required by the format
	digest.Write(keystore.Bytes())
	return digest.Sum(keystore.Bytes())
}

func store(to interface{ Write([]byte) (int, error) }, values ...any) {
	for _, value := range values {
		_ = binary.Write(to, binary.BigEndian, value) // writes to buffers and hashes do not fail
	}
}

func storeText(to *bytes.Buffer, text string) {
	store(to, uint16(len(text))) //nolint:gosec // the texts above are short
	to.WriteString(text)
}
