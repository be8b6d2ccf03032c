import { region } from './organization.ts';
import type { Stack } from './stack.ts';

/** What `npm start` prints: addresses, files, and lines to paste into another shell of this folder. */
export function thingsToTry(stack: Stack, directory: string): string {
  const { apiUrl, database, issuers } = stack;
  return `tokenvend is running on this machine.

  API        ${apiUrl}
  database   127.0.0.1:${database.port}  (PostgreSQL; asks for a token as RDS does)${ledgerLine(stack)}
  issuers    ${issuers.kubernetes.url} (Kubernetes)  ${issuers.github.url} (GitHub)  ${issuers.workforce.url} (people)
  STS        ${stack.sts.url}

  ${directory}/registry.yaml      who may have what; edits count within a second
  ${directory}/identity/          a JWT for each caller, renewed before it expires
  ${directory}/aws.env            AWS credentials of the nightly job's role
  ${directory}/audit.jsonl        one record for every attempt

A pod asks for a token:

  curl -sS ${apiUrl}/v1/tokens -H "Authorization: Bearer $(cat ${directory}/identity/orders-pod)" -d '{"database":"orders"}'

A nightly job asks with AWS credentials:

  . ${directory}/aws.env && curl -sS ${apiUrl}/v1/iam/tokens --aws-sigv4 "aws:amz:${region}:execute-api" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -H "x-amz-security-token: $AWS_SESSION_TOKEN" -d '{"database":"orders"}'

The pod opens the database, with the command line:

  export TOKENVEND_API_URL=${apiUrl} TOKENVEND_IDENTITY_TOKEN_FILE=$PWD/${directory}/identity/orders-pod TOKENVEND_VIA=127.0.0.1:${database.port}
  npx tokenvend exec orders -- psql
  npx tokenvend doctor orders

The pod opens the database, with nothing but curl and psql:

  eval "$(curl -sS "${apiUrl}/v1/tokens?format=env&caFile=$PWD/${directory}/certificates/${region}.pem" -H "Authorization: Bearer $(cat ${directory}/identity/orders-pod)" -d '{"database":"orders"}')" && PGHOSTADDR=127.0.0.1 psql -c 'select current_user'

Ctrl-C stops everything and removes these files.
`;
}

const ledgerLine = ({ ledger }: Stack): string =>
  ledger === undefined
    ? ''
    : `\n             127.0.0.1:${ledger.port}  (MariaDB; the same, for {"database":"ledger"})`;
