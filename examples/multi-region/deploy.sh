#!/usr/bin/env sh
# Deploys one build to two Regions, the second only when the first has come up. Run it in the repository's root.
set -eu

regions='eu-west-1 eu-central-1'

npm run build
for region in $regions; do
  sam deploy --region "$region" --no-confirm-changeset --no-fail-on-empty-changeset --parameter-overrides \
    DatabaseAccounts=111122223333,444455556666 \
    Audience=https://tokens.example.com
  url=$(aws cloudformation describe-stacks --region "$region" --stack-name tokenvend \
    --query "Stacks[0].Outputs[?OutputKey=='ApiUrl'].OutputValue" --output text)
  curl -sSf --retry 5 "$url/v1/health"
done
