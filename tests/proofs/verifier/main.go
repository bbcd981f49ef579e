// Judges the proofs that write_proofs prints, read from standard input, with the published ICS-23
// verifier under its SMT spec; every proof is also tampered with and must then be refused.
package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	ics23 "github.com/cosmos/ics23/go"
)

type proofCase struct {
	Name, Root, Key, Proof string
	Value                  *string
}

func decodeHex(text string) []byte {
	raw, err := hex.DecodeString(strings.TrimPrefix(text, "0x"))
	if err != nil {
		panic(err)
	}
	return raw
}

func flipped(raw []byte) []byte {
	out := append([]byte{}, raw...)
	out[len(out)-1] ^= 1
	return out
}

func parse(raw []byte) *ics23.CommitmentProof {
	proof := &ics23.CommitmentProof{}
	if err := proof.Unmarshal(raw); err != nil {
		panic(err)
	}
	return proof
}

// The paths of all records in a proof.
func paths(proof *ics23.CommitmentProof) (out []*ics23.ExistenceProof) {
	for _, part := range []*ics23.ExistenceProof{
		proof.GetExist(), proof.GetNonexist().GetLeft(), proof.GetNonexist().GetRight(),
	} {
		if part != nil {
			out = append(out, part)
		}
	}
	return out
}

// The first thing wrong with the case, or nothing.
func judge(c proofCase) string {
	spec, root, key, raw := ics23.SmtSpec, decodeHex(c.Root), decodeHex(c.Key), decodeHex(c.Proof)
	accepts := func(root, key []byte, proof *ics23.CommitmentProof) bool {
		if c.Value == nil {
			return ics23.VerifyNonMembership(spec, root, proof, key)
		}
		return ics23.VerifyMembership(spec, root, proof, key, decodeHex(*c.Value))
	}
	proof := parse(raw)
	if !accepts(root, key, proof) {
		return "refused"
	}
	if encoded, err := proof.Marshal(); err != nil || string(encoded) != string(raw) {
		return "is not encoded as the published code encodes it"
	}
	if accepts(flipped(root), key, proof) {
		return "accepted under another root"
	}
	if c.Value == nil {
		for _, part := range paths(proof) {
			if ics23.VerifyNonMembership(spec, root, proof, part.Key) {
				return "accepted as absence of a neighbour"
			}
		}
	} else if ics23.VerifyMembership(spec, root, proof, key, flipped(decodeHex(*c.Value))) ||
		ics23.VerifyMembership(spec, root, proof, flipped(key), decodeHex(*c.Value)) ||
		ics23.VerifyNonMembership(spec, root, proof, key) {
		return "accepted for another value, key or absence"
	}
	for i, part := range paths(proof) {
		for j := range part.Path {
			changed := parse(raw)
			step := paths(changed)[i].Path[j]
			if len(step.Suffix) > 0 {
				step.Suffix = flipped(step.Suffix)
			} else {
				step.Prefix = flipped(step.Prefix)
			}
			if accepts(root, key, changed) {
				return fmt.Sprintf("accepted with step %d of record %d changed", j, i)
			}
		}
	}
	return ""
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	present, absent, failed := 0, 0, 0
	for lines.Scan() {
		var c proofCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			panic(err)
		}
		if wrong := judge(c); wrong != "" {
			failed++
			fmt.Printf("%s, key %s: %s\n", c.Name, c.Key, wrong)
		}
		if c.Value == nil {
			absent++
		} else {
			present++
		}
	}
	fmt.Printf("%d proofs of presence, %d of absence, %d failed\n", present, absent, failed)
	if failed > 0 || present == 0 || absent == 0 || lines.Err() != nil {
		os.Exit(1)
	}
}
