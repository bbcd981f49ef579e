// Prints golden vectors of the Tendermint data structures, made by CometBFT itself from a fixed seed:
// go run . > vectors.json
package main

import (
	"encoding/hex"
	"encoding/json"
	"math/rand"
	"os"
	"time"

	"github.com/cometbft/cometbft/crypto"
	"github.com/cometbft/cometbft/crypto/secp256k1"
	"github.com/cometbft/cometbft/crypto/tmhash"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmtversion "github.com/cometbft/cometbft/proto/tendermint/version"
	"github.com/cometbft/cometbft/types"
)

type object = map[string]any

var rng = rand.New(rand.NewSource(20240607))

func random(n int) []byte {
	out := make([]byte, n)
	rng.Read(out)
	return out
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func times() []time.Time {
	return []time.Time{
		{}, // Go's zero time
		time.Unix(0, 0).UTC(),
		time.Unix(0, 1).UTC(),
		time.Unix(-1, 999_999_999).UTC(),
		time.Unix(1_700_000_000, 0).UTC(),
		time.Unix(1_700_000_000, 123_456_789).UTC(),
		time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC),
	}
}

func timeJSON(t time.Time) object {
	return object{"seconds": t.Unix(), "nanos": t.Nanosecond()}
}

func blockID() types.BlockID {
	return types.BlockID{Hash: random(32), PartSetHeader: types.PartSetHeader{
		Total: uint32(rng.Intn(300) + 1), Hash: random(32)}}
}

func idJSON(id types.BlockID) object {
	return object{"hash": hex.EncodeToString(id.Hash), "total": id.PartSetHeader.Total,
		"parts_hash": hex.EncodeToString(id.PartSetHeader.Hash)}
}

func key(label byte) secp256k1.PrivKey {
	return secp256k1.GenPrivKeySecp256k1([]byte{label, 's', 'e', 'e', 'd'})
}

func headerJSON(h types.Header) object {
	return object{
		"block": h.Version.Block, "app": h.Version.App, "chain_id": h.ChainID, "height": h.Height,
		"time": timeJSON(h.Time), "last_block_id": idJSON(h.LastBlockID),
		"last_commit_hash":     hex.EncodeToString(h.LastCommitHash),
		"data_hash":            hex.EncodeToString(h.DataHash),
		"validators_hash":      hex.EncodeToString(h.ValidatorsHash),
		"next_validators_hash": hex.EncodeToString(h.NextValidatorsHash),
		"consensus_hash":       hex.EncodeToString(h.ConsensusHash),
		"app_hash":             hex.EncodeToString(h.AppHash),
		"last_results_hash":    hex.EncodeToString(h.LastResultsHash),
		"evidence_hash":        hex.EncodeToString(h.EvidenceHash),
		"proposer_address":     hex.EncodeToString(h.ProposerAddress),
		"proto":                hex.EncodeToString(must(h.ToProto().Marshal())),
		"hash":                 hex.EncodeToString(h.Hash()),
	}
}

func randomHeader(chainID string, height int64, t time.Time, last types.BlockID) types.Header {
	return types.Header{
		Version: cmtversion.Consensus{Block: 11, App: uint64(rng.Intn(3))}, ChainID: chainID,
		Height: height, Time: t, LastBlockID: last, LastCommitHash: random(32), DataHash: random(32),
		ValidatorsHash: random(32), NextValidatorsHash: random(32), ConsensusHash: random(32),
		AppHash: random(32), LastResultsHash: random(32), EvidenceHash: random(32),
		ProposerAddress: random(20),
	}
}

// The first is the case of CometBFT's own TestHeaderHash.
func headers() []object {
	published := types.Header{
		Version: cmtversion.Consensus{Block: 1, App: 2}, ChainID: "chainId", Height: 3,
		Time: time.Date(2019, 10, 13, 16, 14, 44, 0, time.UTC),
		LastBlockID: types.BlockID{Hash: make([]byte, 32), PartSetHeader: types.PartSetHeader{
			Total: 6, Hash: make([]byte, 32)}},
		LastCommitHash:     tmhash.Sum([]byte("last_commit_hash")),
		DataHash:           tmhash.Sum([]byte("data_hash")),
		ValidatorsHash:     tmhash.Sum([]byte("validators_hash")),
		NextValidatorsHash: tmhash.Sum([]byte("next_validators_hash")),
		ConsensusHash:      tmhash.Sum([]byte("consensus_hash")),
		AppHash:            tmhash.Sum([]byte("app_hash")),
		LastResultsHash:    tmhash.Sum([]byte("last_results_hash")),
		EvidenceHash:       tmhash.Sum([]byte("evidence_hash")),
		ProposerAddress:    crypto.AddressHash([]byte("proposer_address")),
	}
	out := []object{headerJSON(published)}
	for i, t := range times() {
		id := blockID()
		height := int64(1) << (i * 9)
		if i == 0 {
			id = types.BlockID{}
		}
		out = append(out, headerJSON(randomHeader([]string{"assay-31337-1", "a"}[i%2], height, t, id)))
	}
	return out
}

func voteJSON(chainID string, v *types.Vote) object {
	pb := v.ToProto()
	return object{
		"chain_id": chainID, "type": int(v.Type), "height": v.Height, "round": v.Round,
		"block_id": idJSON(v.BlockID), "time": timeJSON(v.Timestamp),
		"address": hex.EncodeToString(v.ValidatorAddress), "index": v.ValidatorIndex,
		"signature":  hex.EncodeToString(v.Signature),
		"sign_bytes": hex.EncodeToString(types.VoteSignBytes(chainID, pb)),
		"proto":      hex.EncodeToString(must(pb.Marshal())),
	}
}

func votes() []object {
	// Fields of TestVoteSignBytesTestVectors that carry a type.
	out := []object{
		voteJSON("", &types.Vote{Height: 1, Round: 1, Type: cmtproto.PrecommitType}),
		voteJSON("", &types.Vote{Height: 1, Round: 1, Type: cmtproto.PrevoteType}),
		voteJSON("test_chain_id", &types.Vote{Height: 1, Round: 1, Type: cmtproto.PrevoteType}),
	}
	for i, t := range times() {
		for _, kind := range []cmtproto.SignedMsgType{cmtproto.PrevoteType, cmtproto.PrecommitType} {
			for _, id := range []types.BlockID{{}, blockID()} {
				out = append(out, voteJSON("assay-31337-1", &types.Vote{
					Type: kind, Height: int64(1) << (i * 9), Round: int32(i * i * 1000), BlockID: id,
					Timestamp: t, ValidatorAddress: random(20), ValidatorIndex: int32(i * 40),
					Signature: random(64)}))
			}
		}
	}
	return out
}

func proposals() []object {
	out := []object{}
	for i, t := range times() {
		p := &types.Proposal{Type: cmtproto.ProposalType, Height: int64(1) << (i * 9),
			Round: int32(i * 300), POLRound: int32(i - 1), BlockID: blockID(), Timestamp: t,
			Signature: random(64)}
		pb := p.ToProto()
		out = append(out, object{
			"chain_id": "assay-31337-1", "height": p.Height, "round": p.Round,
			"pol_round": p.POLRound, "block_id": idJSON(p.BlockID), "time": timeJSON(p.Timestamp),
			"signature":  hex.EncodeToString(p.Signature),
			"sign_bytes": hex.EncodeToString(types.ProposalSignBytes("assay-31337-1", pb)),
			"proto":      hex.EncodeToString(must(pb.Marshal())),
		})
	}
	return out
}

func keys() []object {
	out := []object{}
	for i := byte(0); i < 5; i++ {
		k := key(i)
		message := random(int(i) * 33)
		out = append(out, object{
			"secret": hex.EncodeToString(k.Bytes()), "public": hex.EncodeToString(k.PubKey().Bytes()),
			"address": hex.EncodeToString(k.PubKey().Address()),
			"message": hex.EncodeToString(message), "signature": hex.EncodeToString(must(k.Sign(message))),
		})
	}
	return out
}

func main() {
	out := object{
		"headers": headers(), "votes": votes(), "proposals": proposals(), "keys": keys(),
		"validator_sets": validatorSets(), "commits": commits(), "txs": txs(), "results": results(),
		"params": params(), "part_sets": partSets(), "evidence": evidence(), "blocks": blocks(),
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(out); err != nil {
		panic(err)
	}
}
