// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	cryptorand "crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
	"sync"
)

// ValidSID reports whether sid is prefix followed by 32 hexadecimal digits. It accepts upper and lower case, like Twilio's
// patterns.
func ValidSID(prefix, sid string) bool {
	if len(sid) != 34 || sid[:2] != prefix {
		return false
	}
	for _, c := range []byte(sid[2:]) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F') {
			return false
		}
	}
	return true
}

// Random makes SIDs, secrets, and request IDs. It is safe for concurrent use.
type Random struct {
	mu     *sync.Mutex
	source *rand.ChaCha8
}

// NewRandom returns one of several independent streams of a seed. Seed 0 stands for a random seed.
func NewRandom(seed, stream uint64) Random {
	var key [32]byte
	if seed == 0 {
		_, _ = cryptorand.Read(key[:]) // never fails
	} else {
		binary.LittleEndian.PutUint64(key[:8], seed)
		binary.LittleEndian.PutUint64(key[8:16], stream)
	}
	return Random{mu: new(sync.Mutex), source: rand.NewChaCha8(key)}
}

// Hex returns prefix followed by 32 hexadecimal digits.
func (r Random) Hex(prefix string) string {
	var raw [16]byte
	r.mu.Lock()
	_, _ = r.source.Read(raw[:]) // never fails
	r.mu.Unlock()
	var text [34]byte
	n := copy(text[:], prefix)
	hex.Encode(text[n:n+32], raw[:])
	return string(text[:n+32])
}
