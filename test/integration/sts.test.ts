import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionKey } from '../../local/aws/access-key.ts';
import { type LocalSts, startSts } from '../../local/aws/sts.ts';
import {
  account,
  aLocalAws,
  allow,
  functionRoleArn,
  type LocalAws,
  region,
  roleOf,
  teamRoleArn,
  userArn,
} from '../unit/local/aws/a-local-aws.ts';

let aws: LocalAws;
let sts: LocalSts;

beforeEach(async () => {
  aws = aLocalAws();
  // Clients sign with the machine's clock, so the local AWS has to run on it too.
  aws.now = new Date();
  const { credentials, roles } = aws;
  sts = await startSts({ region, credentials, roles, clock: () => aws.now, ids: randomUUID });
});

afterEach(() => sts.close());

/** The tokens function's own session, as Lambda hands it out. */
function aFunctionSession(): SessionKey {
  const role = roleOf(aws, functionRoleArn);
  return aws.credentials.issueSession({ role, sessionName: 'tokens', durationSeconds: 3600 });
}

interface ClientKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

function aClient(credentials: ClientKey, inRegion = region): STSClient {
  return new STSClient({ endpoint: sts.url, region: inRegion, credentials, maxAttempts: 1 });
}

function anAssumeRole(changes: Partial<AssumeRoleCommand['input']> = {}): AssumeRoleCommand {
  return new AssumeRoleCommand({
    RoleArn: teamRoleArn,
    RoleSessionName: 'api-0123',
    SourceIdentity: 'api-0123',
    ExternalId: 'payments-external-id',
    DurationSeconds: 3600,
    Policy: JSON.stringify(allow('rds-db:connect', userArn)),
    ...changes,
  });
}

/** The error code that a call ends in. */
async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'none',
    (error: { Code?: string; name: string }) => error.Code ?? error.name,
  );
}

describe('AssumeRole through the AWS SDK', () => {
  it('issues a session that is the role’s, with its source identity', async () => {
    const client = aClient(aFunctionSession());

    const answer = await client.send(anAssumeRole());

    const arn = `arn:aws:sts::${account}:assumed-role/tokenvend-payments/api-0123`;
    expect(answer.Credentials?.AccessKeyId).toMatch(/^ASIA/);
    expect(answer.Credentials?.Expiration?.getTime()).toBe(
      Math.floor(aws.now.getTime() / 1000) * 1000 + 3_600_000,
    );
    expect(answer.AssumedRoleUser).toEqual({
      Arn: arn,
      AssumedRoleId: 'AROATEAMTEAMTEAMTEAM1:api-0123',
    });
    expect(answer.SourceIdentity).toBe('api-0123');
    expect(answer.PackedPolicySize).toBeGreaterThan(0);
  });

  it('issues credentials that work, and tells whose they are', async () => {
    const { Credentials } = await aClient(aFunctionSession()).send(anAssumeRole());
    const client = aClient({
      accessKeyId: `${Credentials?.AccessKeyId}`,
      secretAccessKey: `${Credentials?.SecretAccessKey}`,
      sessionToken: `${Credentials?.SessionToken}`,
    });

    const identity = await client.send(new GetCallerIdentityCommand({}));

    expect(identity.Arn).toBe(`arn:aws:sts::${account}:assumed-role/tokenvend-payments/api-0123`);
    expect(identity.UserId).toBe('AROATEAMTEAMTEAMTEAM1:api-0123');
    expect(identity.Account).toBe(account);
  });

  it.each<[string, Partial<AssumeRoleCommand['input']>, string]>([
    ['no external id', { ExternalId: undefined }, 'AccessDenied'],
    ['a role that is not tokenvend’s', { RoleArn: functionRoleArn }, 'AccessDenied'],
    ['more than an hour under chaining', { DurationSeconds: 3601 }, 'ValidationError'],
    ['less than a quarter of an hour', { DurationSeconds: 899 }, 'ValidationError'],
    ['a session name with a colon', { RoleSessionName: 'a:b' }, 'ValidationError'],
    ['session tags', { Tags: [{ Key: 'team', Value: 'payments' }] }, 'ValidationError'],
    ['a policy that is too long', { Policy: ' '.repeat(2049) }, 'ValidationError'],
    ['a policy that cannot be read', { Policy: '{"Statement":' }, 'MalformedPolicyDocument'],
  ])('refuses %s', async (_, changes, code) => {
    const client = aClient(aFunctionSession());

    expect(await codeOf(client.send(anAssumeRole(changes)))).toBe(code);
  });
});

describe('whose signature is accepted', () => {
  const whoAmI = () => new GetCallerIdentityCommand({});

  it('refuses a key that was never issued', async () => {
    const stranger = { accessKeyId: 'AKIAAAAAAAAAAAAAAAAA', secretAccessKey: 'x' };

    expect(await codeOf(aClient(stranger).send(whoAmI()))).toBe('InvalidClientTokenId');
  });

  it('refuses a wrong secret', async () => {
    const key = { ...aFunctionSession(), secretAccessKey: 'x' };

    expect(await codeOf(aClient(key).send(whoAmI()))).toBe('SignatureDoesNotMatch');
  });

  it('refuses a signature for another region', async () => {
    const client = aClient(aFunctionSession(), 'us-east-1');

    expect(await codeOf(client.send(whoAmI()))).toBe('SignatureDoesNotMatch');
  });

  it('A12: refuses the session token of another session', async () => {
    const key = { ...aFunctionSession(), sessionToken: aFunctionSession().sessionToken };

    expect(await codeOf(aClient(key).send(whoAmI()))).toBe('InvalidClientTokenId');
  });

  it('A18: refuses a session that has ended', async () => {
    const now = aws.now;
    aws.now = new Date(now.getTime() - 3_600_000);
    const client = aClient(aFunctionSession());
    aws.now = now;

    expect(await codeOf(client.send(whoAmI()))).toBe('ExpiredToken');
  });

  it('refuses a request that is not signed', async () => {
    const body = 'Action=GetCallerIdentity&Version=2011-06-15';

    const answer = await fetch(sts.url, { method: 'POST', body });

    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('<Code>MissingAuthenticationToken</Code>');
  });
});

/** Since curl 7.75. A machine without it lacks the second opinion; CI has it, and must not do without. */
const curlSigns = `${spawnSync('curl', ['--help', 'all']).stdout}`.includes('--aws-sigv4');

describe('curl, an independent signer', () => {
  async function curl(key: SessionKey, body: string): Promise<string> {
    const { stdout } = await promisify(execFile)('curl', [
      ...['--silent', '--noproxy', '*', '--aws-sigv4', `aws:amz:${region}:sts`],
      ...['--user', `${key.accessKeyId}:${key.secretAccessKey}`],
      ...['--header', `x-amz-security-token: ${key.sessionToken}`],
      ...['--data', body, `${sts.url}/`],
    ]);
    return stdout;
  }

  it.skipIf(!curlSigns && process.env.CI === undefined)(
    'is accepted, and refused with another secret',
    async () => {
      const key = aFunctionSession();
      const body = 'Action=GetCallerIdentity&Version=2011-06-15';

      const accepted = await curl(key, body);
      const refused = await curl({ ...key, secretAccessKey: 'x' }, body);

      expect(accepted).toContain(`<Arn>${key.principal.arn}</Arn>`);
      expect(refused).toContain('<Code>SignatureDoesNotMatch</Code>');
    },
  );
});

describe('the call log', () => {
  it('counts calls per role, and keeps no credentials', async () => {
    const client = aClient(aFunctionSession());
    const { Credentials } = await client.send(anAssumeRole());
    await codeOf(client.send(anAssumeRole({ ExternalId: 'wrong' })));
    await client.send(new GetCallerIdentityCommand({}));

    expect(sts.calls.count()).toBe(3);
    expect(sts.calls.count(teamRoleArn)).toBe(2);
    expect(sts.calls.count(functionRoleArn)).toBe(0);
    expect(sts.calls.recent().map(({ outcome }) => outcome)).toEqual(['ok', 'AccessDenied', 'ok']);
    expect(JSON.stringify(sts.calls.recent())).not.toContain(Credentials?.SessionToken);
  });
});

describe('planted faults', () => {
  it.each([
    ['throttle', 'Throttling'],
    ['error', 'InternalFailure'],
  ] as const)('%s ends one call in %s', async (kind, code) => {
    const client = aClient(aFunctionSession());
    sts.faults.next({ kind });

    expect(await codeOf(client.send(anAssumeRole()))).toBe(code);
    expect(await codeOf(client.send(anAssumeRole()))).toBe('none');
  });

  it('garbage is no answer that the SDK can use', async () => {
    sts.faults.next({ kind: 'garbage' });

    const answer = await aClient(aFunctionSession())
      .send(anAssumeRole())
      .catch(() => undefined);

    expect(answer?.Credentials).toBeUndefined();
  });

  it('no-expiration leaves out the end of the session and nothing else', async () => {
    sts.faults.next({ kind: 'no-expiration' });

    const { Credentials } = await aClient(aFunctionSession()).send(anAssumeRole());

    expect(Credentials?.Expiration).toBeUndefined();
    expect(Credentials?.SessionToken).toBeDefined();
  });

  it('slow delays a right answer', async () => {
    sts.faults.next({ kind: 'slow', delayMs: 100 });
    const startedAt = performance.now();

    const code = await codeOf(aClient(aFunctionSession()).send(anAssumeRole()));

    expect(code).toBe('none');
    expect(performance.now() - startedAt).toBeGreaterThan(95);
  });

  it('hang keeps the caller waiting, until the server is closed', async () => {
    sts.faults.next({ kind: 'hang' });
    const client = aClient(aFunctionSession());
    const call = codeOf(client.send(anAssumeRole()));

    const first = await Promise.race([
      call,
      new Promise((done) => setTimeout(done, 100, 'waiting')),
    ]);
    await sts.close();

    expect(first).toBe('waiting');
    expect(await call).not.toBe('none');
  });
});

it('drops a request whose body is larger than any policy could make it', async () => {
  const call = fetch(sts.url, { method: 'POST', body: 'x'.repeat(100_000) });

  await expect(call).rejects.toThrow();
});
