// Prints what CometBFT itself makes of fixed structures: their protobuf bytes and their JSON.
package main

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	cryptoenc "github.com/cometbft/cometbft/crypto/encoding"
	"github.com/cometbft/cometbft/crypto/secp256k1"
	"github.com/cometbft/cometbft/crypto/tmhash"
	cmtjson "github.com/cometbft/cometbft/libs/json"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmtversion "github.com/cometbft/cometbft/proto/tendermint/version"
	ctypes "github.com/cometbft/cometbft/rpc/core/types"
	rpctypes "github.com/cometbft/cometbft/rpc/jsonrpc/types"
	"github.com/cometbft/cometbft/types"
)

type vector struct {
	Name  string `json:"name"`
	Proto string `json:"proto,omitempty"`
	JSON  string `json:"json"`
}

var out []vector

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func add(name string, proto []byte, value any) {
	out = append(out, vector{name, hex.EncodeToString(proto), string(must(cmtjson.Marshal(value)))})
}

func hash(text string) []byte { return tmhash.Sum([]byte(text)) }

func key(name string) secp256k1.PrivKey { return secp256k1.GenPrivKeySecp256k1([]byte(name)) }

func blockID(name string) types.BlockID {
	return types.BlockID{Hash: hash(name), PartSetHeader: types.PartSetHeader{Total: 3, Hash: hash(name + "/parts")}}
}

func at(seconds, nanos int64) time.Time { return time.Unix(seconds, nanos).UTC() }

func vote(name string, block types.BlockID) *types.Vote {
	signer := key(name)
	return &types.Vote{Type: cmtproto.PrecommitType, Height: 5, Round: 2, BlockID: block,
		Timestamp: at(1_700_000_005, 120_000_000), ValidatorAddress: signer.PubKey().Address(), ValidatorIndex: 1,
		Signature: must(signer.Sign(hash("vote")))}
}

func commit() *types.Commit {
	first, second := key("first"), key("second")
	return &types.Commit{Height: 6, Round: 1, BlockID: blockID("six"), Signatures: []types.CommitSig{
		{BlockIDFlag: types.BlockIDFlagCommit, ValidatorAddress: first.PubKey().Address(),
			Timestamp: at(1_700_000_006, 123_456_789), Signature: must(first.Sign([]byte("six")))},
		types.NewCommitSigAbsent(),
		{BlockIDFlag: types.BlockIDFlagNil, ValidatorAddress: second.PubKey().Address(),
			Timestamp: at(1_700_000_006, 0), Signature: must(second.Sign([]byte("nil")))},
	}}
}

func header(height int64) types.Header {
	return types.Header{Version: cmtversion.Consensus{Block: 11, App: 0}, ChainID: "assay-31337-1", Height: height,
		Time: at(1_700_000_007, 1_000_000), LastBlockID: blockID("six"), LastCommitHash: hash("commit"),
		DataHash: hash("data"), ValidatorsHash: hash("validators"), NextValidatorsHash: hash("next"),
		ConsensusHash: hash("consensus"), AppHash: hash("app"), LastResultsHash: hash("results"),
		EvidenceHash: hash("evidence"), ProposerAddress: key("first").PubKey().Address()}
}

func addBlock(name string, block *types.Block) {
	add(name, must(must(block.ToProto()).Marshal()), block)
}

// The first block as a node reads it back from its store.
func emptyBlock() *types.Block {
	first := &types.Block{Header: header(1), LastCommit: &types.Commit{}}
	first.Header.LastBlockID = types.BlockID{}
	first.Header.LastCommitHash, first.Header.DataHash, first.Header.EvidenceHash = hash(""), hash(""), hash("")
	return must(types.BlockFromProto(must(first.ToProto())))
}

func addBlocks() {
	last := commit()
	full := &types.Block{Header: header(7), LastCommit: last,
		Data: types.Data{Txs: types.Txs{[]byte("a transaction"), []byte{0xff, 0x00, 0x3e}}},
		Evidence: types.EvidenceData{Evidence: types.EvidenceList{&types.DuplicateVoteEvidence{
			VoteA: vote("liar", blockID("a")), VoteB: vote("liar", blockID("b")), TotalVotingPower: 40,
			ValidatorPower: 10, Timestamp: at(1_700_000_005, 7)}}}}
	addBlock("block", full)
	stored := emptyBlock()
	addBlock("first block", stored)
	add("block result", nil, &ctypes.ResultBlock{BlockID: blockID("seven"), Block: stored})
	add("block result, unknown", nil, &ctypes.ResultBlock{})
	add("header result", must(full.Header.ToProto().Marshal()), &ctypes.ResultHeader{Header: &full.Header})
	add("header result, unknown", nil, &ctypes.ResultHeader{})
	add("commit result", must(last.ToProto().Marshal()), ctypes.NewResultCommit(&full.Header, last, true))
	add("blockchain result", nil, &ctypes.ResultBlockchainInfo{LastHeight: 9, BlockMetas: []*types.BlockMeta{
		{BlockID: blockID("seven"), BlockSize: 1234, Header: full.Header, NumTxs: 2}}})
}

func addValidators() {
	validator := types.NewValidator(key("first").PubKey(), 10)
	validator.ProposerPriority = -15
	add("validator", must(must(validator.ToProto()).Marshal()), validator)
	add("validators result", nil, &ctypes.ResultValidators{BlockHeight: 5, Validators: []*types.Validator{validator},
		Count: 1, Total: 4})
	params := types.DefaultConsensusParams()
	params.Block = types.BlockParams{MaxBytes: 16_777_216, MaxGas: 60_000_000}
	params.Evidence = types.EvidenceParams{MaxAgeNumBlocks: 100_000, MaxAgeDuration: 48 * time.Hour, MaxBytes: 65_536}
	params.Validator.PubKeyTypes = []string{"secp256k1"}
	add("consensus params result", nil, &ctypes.ResultConsensusParams{BlockHeight: 5, ConsensusParams: *params})
	add("genesis result", nil, &ctypes.ResultGenesis{Genesis: &types.GenesisDoc{GenesisTime: at(1_700_000_000, 0),
		ChainID: "assay-31337-1", InitialHeight: 1, ConsensusParams: params,
		Validators: []types.GenesisValidator{{Address: key("first").PubKey().Address(), PubKey: key("first").PubKey(),
			Power: 10}},
		AppState: json.RawMessage(`{"chainId":"31337"}`)}})
	add("genesis chunk result", nil, &ctypes.ResultGenesisChunk{ChunkNumber: 0, TotalChunks: 1, Data: "e30="})
}

func results() []*abci.ExecTxResult {
	return []*abci.ExecTxResult{
		{},
		{Code: 201, Data: []byte{1, 2}, Log: "a <name> & more", Info: "", GasWanted: 60_000, GasUsed: 21_000,
			Events: []abci.Event{{Type: "log", Attributes: []abci.EventAttribute{
				{Key: "address", Value: "0x00", Index: true}, {Key: "data", Value: ""}}}, {Type: "bare"}},
			Codespace: "assay"},
	}
}

func addResults() {
	list := results()
	add("tx result, empty", nil, list[0])
	add("tx result", nil, list[1])
	update := abci.ValidatorUpdate{PubKey: must(cryptoenc.PubKeyToProto(key("first").PubKey())), Power: 12}
	removal := abci.ValidatorUpdate{PubKey: must(cryptoenc.PubKeyToProto(key("first").PubKey()))}
	add("block results", nil, &ctypes.ResultBlockResults{Height: 7, TxsResults: list,
		FinalizeBlockEvents: list[1].Events, ValidatorUpdates: []abci.ValidatorUpdate{update, removal}, AppHash: hash("app")})
	// As a node reads them back from its store.
	stored := &abci.ResponseFinalizeBlock{AppHash: hash("app")}
	raw := must(stored.Marshal())
	read := &abci.ResponseFinalizeBlock{}
	if err := read.Unmarshal(raw); err != nil {
		panic(err)
	}
	add("block results, empty", nil, &ctypes.ResultBlockResults{Height: 7, TxsResults: read.TxResults,
		FinalizeBlockEvents: read.Events, ValidatorUpdates: read.ValidatorUpdates, AppHash: read.AppHash})
	txs := types.Txs{[]byte("a transaction"), []byte("b"), []byte("c")}
	add("tx", nil, &ctypes.ResultTx{Hash: txs[1].Hash(), Height: 7, Index: 1, TxResult: *list[1], Tx: txs[1]})
	add("tx, proven", nil, &ctypes.ResultTx{Hash: txs[1].Hash(), Height: 7, Index: 1, TxResult: *list[1], Tx: txs[1],
		Proof: txs.Proof(1)})
	one := types.Txs{[]byte("alone")}
	add("tx, proven alone", nil, &ctypes.ResultTx{Hash: one[0].Hash(), Height: 7, Tx: one[0], Proof: one.Proof(0)})
	add("tx search, empty", nil, &ctypes.ResultTxSearch{Txs: []*ctypes.ResultTx{}})
	add("block search, empty", nil, &ctypes.ResultBlockSearch{Blocks: []*ctypes.ResultBlock{}})
}

func addCalls() {
	add("broadcast", nil, &ctypes.ResultBroadcastTx{Hash: hash("a")})
	add("broadcast, refused", nil, &ctypes.ResultBroadcastTx{Code: 1, Log: "nonce too low", Codespace: "assay", Hash: hash("a")})
	add("broadcast commit", nil, &ctypes.ResultBroadcastTxCommit{TxResult: *results()[1], Hash: hash("a"), Height: 7})
	add("check tx", nil, &ctypes.ResultCheckTx{ResponseCheckTx: abci.ResponseCheckTx{Code: 1, Log: "no", GasWanted: 60_000, Codespace: "assay"}})
	add("unconfirmed", nil, &ctypes.ResultUnconfirmedTxs{Count: 1, Total: 2, TotalBytes: 99, Txs: types.Txs{[]byte("a")}})
	add("unconfirmed, none", nil, &ctypes.ResultUnconfirmedTxs{Txs: types.Txs{}})
	add("unconfirmed, number", nil, &ctypes.ResultUnconfirmedTxs{Count: 2, Total: 2, TotalBytes: 99})
	add("abci info", nil, &ctypes.ResultABCIInfo{Response: abci.ResponseInfo{Data: "assay", Version: "0.1.0",
		LastBlockHeight: 7, LastBlockAppHash: hash("app")}})
	add("health", nil, &ctypes.ResultHealth{})
	add("net info", nil, &ctypes.ResultNetInfo{Listening: true, Listeners: []string{"Listener(@)"}, Peers: []ctypes.Peer{}})
	for name, response := range map[string]rpctypes.RPCResponse{
		"error, method":   rpctypes.RPCMethodNotFoundError(rpctypes.JSONRPCIntID(1)),
		"error, parse":    rpctypes.RPCParseError(errText("why")),
		"error, params":   rpctypes.RPCInvalidParamsError(rpctypes.JSONRPCStringID("a"), errText("why")),
		"error, internal": rpctypes.RPCInternalError(rpctypes.JSONRPCIntID(1), errText("why <not>")),
	} {
		out = append(out, vector{Name: name, JSON: string(must(json.Marshal(response)))})
	}
}

type errText string

func (text errText) Error() string { return string(text) }

func addEvents() {
	stored := emptyBlock()
	events := map[string][]string{"tm.event": {"NewBlock"}}
	add("event, block", nil, &ctypes.ResultEvent{Query: "tm.event='NewBlock'", Events: events, Data: types.EventDataNewBlock{
		Block: stored, BlockID: blockID("one"), ResultFinalizeBlock: abci.ResponseFinalizeBlock{
			TxResults: results(), AppHash: hash("app")}}})
	add("event, empty block", nil, &ctypes.ResultEvent{Query: "tm.event='NewBlock'", Events: events, Data: types.EventDataNewBlock{
		Block: stored, BlockID: blockID("one"), ResultFinalizeBlock: abci.ResponseFinalizeBlock{AppHash: hash("app")}}})
	add("event, header", nil, &ctypes.ResultEvent{Query: "tm.event='NewBlockHeader'", Events: map[string][]string{
		"tm.event": {"NewBlockHeader"}}, Data: types.EventDataNewBlockHeader{Header: header(7)}})
	add("event, tx", nil, &ctypes.ResultEvent{Query: "tm.event='Tx'", Events: map[string][]string{"tm.event": {"Tx"}},
		Data: types.EventDataTx{TxResult: abci.TxResult{Height: 7, Index: 1, Tx: []byte("a"), Result: *results()[1]}}})
	add("event, first tx", nil, &ctypes.ResultEvent{Query: "tm.event='Tx'", Events: map[string][]string{"tm.event": {"Tx"}},
		Data: types.EventDataTx{TxResult: abci.TxResult{Height: 7, Tx: []byte("a"), Result: *results()[0]}}})
}

func main() {
	addBlocks()
	addValidators()
	addResults()
	addCalls()
	addEvents()
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", " ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(out); err != nil {
		panic(err)
	}
}
