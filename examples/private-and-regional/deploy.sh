#!/usr/bin/env sh
# Deploys one build twice: for the internet, and for VPCs alone. Run it in the repository's root.
set -eu

npm run build

sam deploy --stack-name tokenvend --no-confirm-changeset --no-fail-on-empty-changeset --parameter-overrides \
  DatabaseAccounts=111122223333,444455556666 \
  Audience=https://tokens.example.com \
  DomainName=tokens.example.com \
  CertificateArn=arn:aws:acm:eu-west-1:999988887777:certificate/12345678-1234-1234-1234-123456789012

sam deploy --stack-name tokenvend-private --no-confirm-changeset --no-fail-on-empty-changeset --parameter-overrides \
  DatabaseAccounts=111122223333,444455556666 \
  Audience=https://tokens.example.com \
  EndpointType=PRIVATE \
  VpcEndpointIds=vpce-0123456789abcdef0 \
  VendorRoleName=tokenvend-private-vendor \
  ManageApiGatewayLogging=false
