#!/usr/bin/env bash
# Checks that the server speaks the Open Inference Protocol V2, by clients written from the protocol's specification alone: curl
# and jq for HTTP, Python's gRPC library for gRPC. Exit code 1 if a check failed.
#
#   build/protocol-check.sh                               starts the server on free ports, with the model that ships
#   build/protocol-check.sh HTTP_URL GRPC_ADDRESS MODEL   asks one that runs, for instance http://127.0.0.1:8000 127.0.0.1:8001 imdb
#
# A server with keys is asked with that of API_KEY. Needs curl and jq; for gRPC python3-grpcio and python3-protobuf (Debian),
# without which that part is skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/checks.sh

headers=(--header 'Content-Type: application/json')
if [[ -n ${API_KEY:-} ]]; then headers+=(--header "Authorization: Bearer $API_KEY"); fi
work=$(mktemp -d)
pid=
cleanup() {
    if [[ -n $pid ]] && kill -TERM "$pid"; then wait "$pid" || echo "protocol-check.sh: the server ended with exit code $?" >&2; fi
    rm -rf "$work"
}
trap cleanup EXIT

# Two ports that are free now.
free_ports() {
    python3 -c 'import socket
sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
print(*(s.getsockname()[1] for s in sockets))'
}

start() {
    local http grpc
    read -r http grpc < <(free_ports)
    url=http://127.0.0.1:$http grpc_address=127.0.0.1:$grpc model=imdb
    dotnet build -c Release src/Server -v quiet
    dotnet src/Server/bin/Release/net10.0/OnnxSentiment.Server.dll --urls "$url" --Grpc:Url "http://$grpc_address" >"$work/log" 2>&1 &
    pid=$!
    for _ in $(seq 300); do
        curl --fail --silent --output /dev/null "$url/v2/health/ready" && return
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    cat "$work/log" >&2
    exit 1
}

# ask PATH [CURL ARGUMENT…]: $status and $body.
ask() {
    status=$(curl --silent --output "$work/body" --write-out '%{http_code}' "${headers[@]}" "${@:2}" "$url/$1")
    body=$(tr -d '\0' <"$work/body")
}

is() { jq --exit-status --null-input "$1" >/dev/null; }

# answers NAME STATUS FILTER: of the last answer, the status and a condition that jq finds true.
answers() {
    if [[ $status == "$2" ]] && jq --exit-status "$3" "$work/body" >/dev/null 2>&1; then
        passed "$1" "$status $(cut -c1-100 <<<"$body")"
    else
        failed "$1" "$status $body, but $2 and $3 were expected"
    fi
}

# refuses NAME STATUS [CURL ARGUMENT…]: an inference request that has to fail with one sentence as {"error": …}.
refuses() {
    ask "v2/models/$model/infer" "${@:3}"
    answers "$1" "$2" 'keys == ["error"] and (.error | type == "string" and length > 0)'
}

if (($# == 0)); then start; else url=${1%/} grpc_address=$2 model=$3; fi

ask v2/health/live
check "live" "$status" test "$status" = 200
ask v2/health/ready
check "ready" "$status" test "$status" = 200
ask v2
answers "server metadata" 200 '(.name | type == "string") and (.version | type == "string") and (.extensions | index("binary_tensor_data"))'
ask "v2/models/$model"
answers "model metadata" 200 '.platform == "onnxruntime_onnx" and (.versions | length > 0) and ([.inputs[] | "\(.name) \(.datatype) \(.shape)"] == ["input_ids INT64 [-1,-1]","text BYTES [-1]"])'
version=$(jq -r '.versions[0]' "$work/body")
ask "v2/models/$model/ready"
check "model ready" "$status" test "$status" = 200
ask "v2/models/$model/versions/$version/ready"
check "version ready" "$status" test "$status" = 200

texts='{"id":"7","inputs":[{"name":"text","datatype":"BYTES","shape":[2],"data":["A warm, funny and beautifully acted film.","Dull, far too long and badly acted."]}]}'
ask "v2/models/$model/infer" --data "$texts"
answers "inference of texts" 200 '.model_name == "'"$model"'" and .id == "7" and ([.outputs[].name] | sort == ["label","logit","probability"]) and (.outputs[] | select(.name == "label") | .data == ["positive","negative"])'
probabilities=$(jq -c '.outputs[] | select(.name == "probability") | .data' "$work/body")
ask "v2/models/$model/versions/$version/infer" --data "$(jq -c '. + {outputs: [{name: "probability"}]}' <<<"$texts")"
answers "a version, and one output" 200 '([.outputs[].name] == ["probability"]) and .model_version == "'"$version"'" and ([.outputs[0].data, '"$probabilities"'] | transpose | all(.[0] - .[1] | fabs < 1e-4))'
ask "v2/models/$model/infer" --data '{"inputs":[{"name":"input_ids","datatype":"INT64","shape":[2,3],"data":[[1,5,9],[1,7,0]]}],"outputs":[{"name":"logit"}]}'
answers "inference of ids" 200 '.outputs[0] | .datatype == "FP32" and .shape == [2,1] and (.data | length == 2)'
logits=$(jq -c '.outputs[0].data' "$work/body")

# The binary tensor extension: the ids as bytes behind the JSON, little-endian, and the logits back the same way.
json='{"inputs":[{"name":"input_ids","datatype":"INT64","shape":[2,3],"parameters":{"binary_data_size":48}}],"outputs":[{"name":"logit","parameters":{"binary_data":true}}]}'
{ printf '%s' "$json"; for id in 1 5 9 1 7 0; do printf '%b' "\\x0$id\\x00\\x00\\x00\\x00\\x00\\x00\\x00"; done; } >"$work/request"
status=$(curl --silent --output "$work/binary" --dump-header "$work/headers" --write-out '%{http_code}' "${headers[@]}" \
    --header 'Content-Type: application/octet-stream' --header "Inference-Header-Content-Length: ${#json}" --data-binary "@$work/request" "$url/v2/models/$model/infer")
length=$(sed -n 's/^inference-header-content-length: *\([0-9]*\).*/\1/Ip' "$work/headers")
head --bytes "${length:-0}" "$work/binary" >"$work/body"
body=$(cat "$work/body")
answers "binary tensors" 200 '.outputs[0].parameters.binary_data_size == 8'
floats=$(tail --bytes 8 "$work/binary" | od --address-radix n --format f4 --endian little | jq -c -s .)
check "binary tensors, values" "$floats" is "[$floats, $logits] | transpose | all(.[0] - .[1] | fabs < 1e-4)"

ask v2/models/no-such-model
answers "unknown model" 404 'keys == ["error"]'
ask "v2/models/$model/versions/999/infer" --data "$texts"
answers "unknown version" 404 'keys == ["error"]'
refuses "no JSON" 400 --data '{"inputs":'
refuses "no input" 400 --data '{"inputs":[]}'
refuses "unknown input" 400 --data '{"inputs":[{"name":"image","datatype":"INT64","shape":[1,1],"data":[1]}]}'
refuses "wrong type" 400 --data '{"inputs":[{"name":"text","datatype":"FP32","shape":[1],"data":[1]}]}'
refuses "wrong shape" 400 --data '{"inputs":[{"name":"input_ids","datatype":"INT64","shape":[2,2],"data":[1,5,9]}]}'
refuses "unknown output" 400 --data "$(jq -c '. + {outputs: [{name: "none"}]}' <<<"$texts")"
refuses "more bytes than announced" 400 --header "Inference-Header-Content-Length: ${#json}" --data "$json"

ask v2/repository/index --data '{}'
answers "repository index" 200 'map(select(.name == "'"$model"'" and .state == "READY")) | length > 0'
ask "v2/models/$model/stats"
answers "statistics" 200 '.model_stats[0] | .name == "'"$model"'" and .inference_stats.success.count > 0'

# Debian's own Python, for which its packages are.
python=/usr/bin/python3
if $python -c 'import grpc, google.protobuf' 2>/dev/null; then
    $python build/protocol-check/grpc_client.py "$grpc_address" "$model" || failures=$((failures + 1))
else
    skipped "gRPC" "python3-grpcio and python3-protobuf are missing: apt-get install python3-grpcio python3-protobuf"
fi
end_of_checks
