// CometBFT's own client, types and light client against a running node: every answer must be what CometBFT would print,
// every commit must verify, and its light client must follow the chain both ways.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	dbm "github.com/cometbft/cometbft-db"
	cmtjson "github.com/cometbft/cometbft/libs/json"
	"github.com/cometbft/cometbft/light"
	"github.com/cometbft/cometbft/light/provider"
	lighthttp "github.com/cometbft/cometbft/light/provider/http"
	lightdb "github.com/cometbft/cometbft/light/store/db"
	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
	ctypes "github.com/cometbft/cometbft/rpc/core/types"
	"github.com/cometbft/cometbft/types"
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

var url = os.Getenv("ASSAY_COMET")

// The result member of a call's reply, byte for byte.
func raw(method string, params map[string]string) []byte {
	asked := map[string]any{}
	for name, value := range params {
		if value == "true" {
			asked[name] = true
		} else {
			asked[name] = value
		}
	}
	body := must(json.Marshal(map[string]any{"jsonrpc": "2.0", "id": 1, "method": method, "params": asked}))
	reply := must(http.Post(url, "application/json", bytes.NewReader(body)))
	defer reply.Body.Close()
	text := must(io.ReadAll(reply.Body))
	var parts struct{ Result, Error json.RawMessage }
	check(json.Unmarshal(text, &parts))
	if parts.Error != nil {
		panic(method + ": " + string(parts.Error))
	}
	return parts.Result
}

// Fails where CometBFT would have written the same answer otherwise.
func same[T any](method string, params map[string]string) {
	text := raw(method, params)
	var value T
	check(cmtjson.Unmarshal(text, &value))
	again := must(cmtjson.Marshal(&value))
	// Its decoder reads an empty list as nil, which it writes as null; from its own store it would write [].
	text, again = bytes.ReplaceAll(text, []byte("[]"), []byte("null")), bytes.ReplaceAll(again, []byte("[]"), []byte("null"))
	if !bytes.Equal(text, again) {
		at := 0
		for at < len(text) && at < len(again) && text[at] == again[at] {
			at++
		}
		from := max(0, at-80)
		panic(fmt.Sprintf("%s: byte %d\nnode:     %s\nCometBFT: %s", method, at, text[from:min(len(text), at+80)],
			again[from:min(len(again), at+80)]))
	}
}

func compareAll(heights []string, tx *ctypes.ResultTx) int {
	count := 0
	for _, height := range heights {
		at := map[string]string{"height": height}
		same[ctypes.ResultBlock]("block", at)
		same[ctypes.ResultHeader]("header", at)
		same[ctypes.ResultCommit]("commit", at)
		same[ctypes.ResultBlockResults]("block_results", at)
		same[ctypes.ResultValidators]("validators", at)
		same[ctypes.ResultConsensusParams]("consensus_params", at)
		count += 6
	}
	hash := tx.Hash.String()
	same[ctypes.ResultStatus]("status", nil)
	same[ctypes.ResultHealth]("health", nil)
	same[ctypes.ResultGenesis]("genesis", nil)
	same[ctypes.ResultGenesisChunk]("genesis_chunked", map[string]string{"chunk": "0"})
	same[ctypes.ResultNetInfo]("net_info", nil)
	same[ctypes.ResultABCIInfo]("abci_info", nil)
	same[ctypes.ResultABCIQuery]("abci_query", map[string]string{"path": "/store", "data": "6e6f6e65", "prove": "true"})
	same[ctypes.ResultABCIQuery]("abci_query", map[string]string{"path": "/nowhere"})
	same[ctypes.ResultBlockchainInfo]("blockchain", nil)
	same[ctypes.ResultUnconfirmedTxs]("unconfirmed_txs", nil)
	same[ctypes.ResultUnconfirmedTxs]("num_unconfirmed_txs", nil)
	same[ctypes.ResultTxSearch]("tx_search", map[string]string{"query": "tx.hash='" + hash + "'", "prove": "true"})
	same[ctypes.ResultTxSearch]("tx_search", map[string]string{"query": "tx.height<10"})
	same[ctypes.ResultBlockSearch]("block_search", map[string]string{"query": "block.height<10"})
	same[ctypes.ResultConsensusState]("consensus_state", nil)
	same[ctypes.ResultDumpConsensusState]("dump_consensus_state", nil)
	return count + 16
}

func verifyCommits(client *rpchttp.HTTP, newest int64) int {
	ctx, count := context.Background(), 0
	for height := int64(1); height <= newest; height++ {
		commit := must(client.Commit(ctx, &height))
		perPage := 100
		list := must(client.Validators(ctx, &height, nil, &perPage))
		set := must(types.ValidatorSetFromExistingValidators(list.Validators))
		check(commit.SignedHeader.ValidateBasic(commit.ChainID))
		if !bytes.Equal(set.Hash(), commit.ValidatorsHash) {
			panic("the set is not the header's")
		}
		check(set.VerifyCommitLight(commit.ChainID, commit.Commit.BlockID, height, commit.Commit))
		check(set.VerifyCommit(commit.ChainID, commit.Commit.BlockID, height, commit.Commit))
		block := must(client.Block(ctx, &height))
		check(block.Block.ValidateBasic())
		if parts := must(block.Block.MakePartSet(types.BlockPartSizeBytes)); !parts.HasHeader(block.BlockID.PartSetHeader) {
			panic("the block's parts are not what its id says")
		}
		count += commit.Commit.Size()
	}
	return count
}

func followLight(chain string, newest int64, how light.Option) {
	ctx := context.Background()
	primary := must(lighthttp.New(chain, url))
	first := must(primary.LightBlock(ctx, 1))
	client := must(light.NewClient(ctx, chain, light.TrustOptions{Period: time.Hour, Height: 1, Hash: first.Hash()}, primary,
		[]provider.Provider{must(lighthttp.New(chain, url))}, lightdb.New(dbm.NewMemDB(), chain), how))
	block := must(client.VerifyLightBlockAtHeight(ctx, newest, time.Now()))
	if block.Height != newest {
		panic("the light client stopped early")
	}
	if _, err := primary.LightBlock(ctx, newest+1_000_000); err != provider.ErrHeightTooHigh {
		panic(fmt.Sprint("a height beyond the chain: ", err))
	}
}

func hearBlock(client *rpchttp.HTTP) {
	check(client.Start())
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	blocks := must(client.Subscribe(ctx, "test", "tm.event='NewBlock'"))
	select {
	case event := <-blocks:
		check(event.Data.(types.EventDataNewBlock).Block.ValidateBasic())
	case <-ctx.Done():
		panic("no block was heard of")
	}
	check(client.UnsubscribeAll(ctx, "test"))
	check(client.Stop())
}

func main() {
	ctx := context.Background()
	client := must(rpchttp.New(strings.Replace(url, "http", "tcp", 1), "/websocket"))
	status := must(client.Status(ctx))
	newest := status.SyncInfo.LatestBlockHeight - 1
	search := must(client.TxSearch(ctx, "tx.height>0", true, nil, nil, "desc"))
	tx := search.Txs[0]
	check(tx.Proof.Validate(must(client.Block(ctx, &tx.Height)).Block.DataHash))
	answers := compareAll([]string{"1", "2", fmt.Sprint(tx.Height), fmt.Sprint(newest), fmt.Sprint(newest + 1)}, tx)
	signatures := verifyCommits(client, newest)
	followLight(status.NodeInfo.Network, newest, light.SequentialVerification())
	followLight(status.NodeInfo.Network, newest, light.SkippingVerification(light.DefaultTrustLevel))
	hearBlock(client)
	fmt.Printf("%d answers to the byte, %d heights, %d signatures, light client sequential and skipping\n", answers, newest, signatures)
}
