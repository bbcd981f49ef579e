// Vectors of what is made of many parts: validator sets, commits, blocks and the trees over lists.
package main

import (
	"encoding/hex"

	abci "github.com/cometbft/cometbft/abci/types"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	"github.com/cometbft/cometbft/types"
)

func validator(label byte, power int64) *types.Validator {
	return types.NewValidator(key(label).PubKey(), power)
}

func validatorsJSON(list []*types.Validator) []object {
	out := []object{}
	for _, v := range list {
		out = append(out, object{"public": hex.EncodeToString(v.PubKey.Bytes()),
			"address": hex.EncodeToString(v.Address), "power": v.VotingPower,
			"priority": v.ProposerPriority})
	}
	return out
}

func setJSON(set *types.ValidatorSet) object {
	return object{
		"sorted": validatorsJSON(set.Validators), "hash": hex.EncodeToString(set.Hash()),
		"proposer": hex.EncodeToString(set.GetProposer().Address), "total": set.TotalVotingPower(),
		"proto": hex.EncodeToString(must(must(set.ToProto()).Marshal())),
	}
}

// Each: the initial list, the set, the set after each of several rotations and change sets.
func validatorSets() []object {
	out := []object{}
	for _, powers := range [][]int64{{10}, {1, 1}, {5, 5, 5, 5}, {1, 1000, 30, 30, 7},
		{types.MaxTotalVotingPower / 2, 1, 3}, {100, 1, 1, 1, 1, 1, 1}} {
		list := []*types.Validator{}
		for i, power := range powers {
			list = append(list, validator(byte(i), power))
		}
		set := types.NewValidatorSet(list)
		entry := object{"initial": validatorsJSON(list), "set": setJSON(set)}
		steps := []object{}
		for i := 0; i < 12; i++ {
			switch i {
			case 4:
				changes := []*types.Validator{validator(200, 12), validator(0, 3)}
				if err := set.UpdateWithChangeSet(changes); err != nil {
					panic(err)
				}
				steps = append(steps, object{"changes": validatorsJSON(changes), "set": setJSON(set)})
			case 8:
				changes := []*types.Validator{validator(200, 0), validator(201, 40)}
				if err := set.UpdateWithChangeSet(changes); err != nil {
					panic(err)
				}
				steps = append(steps, object{"changes": validatorsJSON(changes), "set": setJSON(set)})
			}
			times := int32(i%3 + 1)
			set.IncrementProposerPriority(times)
			steps = append(steps, object{"times": times, "set": setJSON(set)})
		}
		entry["steps"] = steps
		out = append(out, entry)
	}
	return out
}

func randomCommit(height int64, id types.BlockID, signers int) *types.Commit {
	commit := &types.Commit{Height: height, Round: int32(height % 3), BlockID: id}
	for i := 0; i < signers; i++ {
		switch i % 4 {
		case 1:
			commit.Signatures = append(commit.Signatures, types.NewCommitSigAbsent())
		case 2:
			commit.Signatures = append(commit.Signatures, types.CommitSig{
				BlockIDFlag: types.BlockIDFlagNil, ValidatorAddress: random(20),
				Timestamp: times()[4], Signature: random(64)})
		default:
			commit.Signatures = append(commit.Signatures, types.CommitSig{
				BlockIDFlag: types.BlockIDFlagCommit, ValidatorAddress: random(20),
				Timestamp: times()[5], Signature: random(64)})
		}
	}
	return commit
}

func commitJSON(c *types.Commit) object {
	signatures := []object{}
	for i, s := range c.Signatures {
		entry := object{"flag": int(s.BlockIDFlag), "address": hex.EncodeToString(s.ValidatorAddress),
			"time": timeJSON(s.Timestamp), "signature": hex.EncodeToString(s.Signature)}
		if s.BlockIDFlag != types.BlockIDFlagAbsent {
			entry["sign_bytes"] = hex.EncodeToString(c.VoteSignBytes("assay-31337-1", int32(i)))
		}
		signatures = append(signatures, entry)
	}
	return object{"height": c.Height, "round": c.Round, "block_id": idJSON(c.BlockID),
		"signatures": signatures, "hash": hex.EncodeToString(c.Hash()),
		"proto": hex.EncodeToString(must(c.ToProto().Marshal()))}
}

func commits() []object {
	out := []object{}
	for _, n := range []int{0, 1, 2, 3, 4, 7} {
		out = append(out, commitJSON(randomCommit(int64(n*1000+1), blockID(), n)))
	}
	return out
}

func hexes(list [][]byte) []string {
	out := []string{}
	for _, item := range list {
		out = append(out, hex.EncodeToString(item))
	}
	return out
}

func randomTxs(n int) (types.Txs, [][]byte) {
	list, raw := types.Txs{}, [][]byte{}
	for i := 0; i < n; i++ {
		tx := random(rng.Intn(200) + 1)
		list, raw = append(list, tx), append(raw, tx)
	}
	return list, raw
}

func txs() []object {
	out := []object{}
	for n := 0; n <= 10; n++ {
		list, raw := randomTxs(n)
		out = append(out, object{"txs": hexes(raw), "hash": hex.EncodeToString(list.Hash())})
	}
	return out
}

func results() []object {
	out := []object{}
	for n := 0; n <= 5; n++ {
		list, entries := []*abci.ExecTxResult{}, []object{}
		for i := 0; i < n; i++ {
			r := &abci.ExecTxResult{Code: uint32(i * 100), Data: random(i * 20), Log: "not hashed",
				GasWanted: int64(i) * 21000, GasUsed: int64(i) << 30}
			list = append(list, r)
			entries = append(entries, object{"code": r.Code, "data": hex.EncodeToString(r.Data),
				"gas_wanted": r.GasWanted, "gas_used": r.GasUsed})
		}
		out = append(out, object{"results": entries,
			"hash": hex.EncodeToString(types.NewResults(list).Hash())})
	}
	return out
}

func params() []object {
	out := []object{}
	for _, p := range [][2]int64{{22020096, -1}, {4194304, 2000000000}, {-1, -1}, {1, 0}} {
		c := *types.DefaultConsensusParams()
		c.Block.MaxBytes, c.Block.MaxGas = p[0], p[1]
		out = append(out, object{"max_bytes": p[0], "max_gas": p[1],
			"hash": hex.EncodeToString(c.Hash())})
	}
	return out
}

// Byte i of the data is (7 i + i / 256) mod 256.
func partSets() []object {
	out := []object{}
	for _, size := range []int{0, 1, 65535, 65536, 65537, 131072, 200000} {
		data := make([]byte, size)
		for i := range data {
			data[i] = byte(i*7 + i/256)
		}
		set := types.NewPartSetFromData(data, types.BlockPartSizeBytes)
		entry := object{"size": size, "total": set.Total(), "hash": hex.EncodeToString(set.Hash())}
		if set.Total() > 0 {
			last := must(set.GetPart(int(set.Total()) - 1).ToProto())
			entry["last_proof"] = hex.EncodeToString(must(last.Proof.Marshal()))
			if size%65536 < 10 && size%65536 > 0 {
				entry["last_part"] = hex.EncodeToString(must(last.Marshal()))
			}
		}
		out = append(out, entry)
	}
	return out
}

func duplicateVote() *types.DuplicateVoteEvidence {
	vote := func(id types.BlockID) *types.Vote {
		return &types.Vote{Type: cmtproto.PrecommitType, Height: 7, Round: 1, BlockID: id,
			Timestamp: times()[5], ValidatorAddress: random(20), ValidatorIndex: 2,
			Signature: random(64)}
	}
	return &types.DuplicateVoteEvidence{VoteA: vote(blockID()), VoteB: vote(blockID()),
		TotalVotingPower: 40, ValidatorPower: 10, Timestamp: times()[5]}
}

func evidence() []object {
	out := []object{}
	for n := 0; n < 4; n++ {
		list, raw := types.EvidenceList{}, [][]byte{}
		for i := 0; i < n; i++ {
			e := duplicateVote()
			list, raw = append(list, e), append(raw, e.Bytes())
		}
		out = append(out, object{"items": hexes(raw), "hash": hex.EncodeToString(list.Hash())})
	}
	return out
}

func blocks() []object {
	out := []object{}
	for n := 0; n < 4; n++ {
		list, raw := randomTxs(n * n * 20)
		id := blockID()
		commit := randomCommit(int64(n), id, n)
		if n == 0 {
			id, commit = types.BlockID{}, &types.Commit{}
		}
		var found types.EvidenceList
		if n == 2 {
			found = types.EvidenceList{duplicateVote()}
		}
		block := types.MakeBlock(int64(n+1), list, commit, found)
		header := randomHeader("assay-31337-1", block.Height, times()[5], id)
		header.LastCommitHash, header.DataHash = block.LastCommitHash, block.DataHash
		header.EvidenceHash = block.EvidenceHash
		block.Header = header
		encoded := must(must(block.ToProto()).Marshal())
		set := must(block.MakePartSet(types.BlockPartSizeBytes))
		out = append(out, object{"header": headerJSON(header), "txs": hexes(raw),
			"last_commit": commitJSON(commit), "evidence": len(found),
			"proto": hex.EncodeToString(encoded), "parts_total": set.Total(),
			"parts_hash": hex.EncodeToString(set.Hash())})
	}
	return out
}
