#!/bin/sh
# Starts SeaweedFS with its S3 gateway, for one key pair from the environment.
set -eu
cat > /tmp/s3.json <<KEYS
{"identities": [{"name": "tessera", "actions": ["Admin", "Read", "Write", "List", "Tagging"],
  "credentials": [{"accessKey": "$S3_ACCESS_KEY_ID", "secretKey": "$S3_SECRET_ACCESS_KEY"}]}]}
KEYS
exec weed server -dir=/data -s3 -s3.port=8333 -s3.config=/tmp/s3.json -volume.max=0
