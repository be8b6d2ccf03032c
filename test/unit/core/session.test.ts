import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planSession, sessionNameOf } from '../../../core/session.ts';
import { anyCharacter } from '../../builders/any-character.ts';
import { aCaller, anIamCaller } from '../../builders/callers.ts';
import { aDatabase, aGrant, anAllowed, aUser } from '../../builders/registry.ts';

const anyText = fc.string({ unit: anyCharacter, maxLength: 128 });
const stsName = /^[\w+=,.@-]{2,64}$/;

describe('planSession', () => {
  it('asks for the role of the grant, for an hour, in the name of the caller', () => {
    const plan = planSession(aCaller(), anAllowed());

    expect(plan).toMatchObject({
      callerKey: '["jwt","https://issuer.example.com","system:serviceaccount:payments:api"]',
      roleArn: 'arn:aws:iam::111122223333:role/tokenvend-payments',
      region: 'eu-west-1',
      durationSeconds: 3600,
    });
    expect(plan.roleSessionName).toBe(plan.sourceIdentity);
    expect(plan).not.toHaveProperty('externalId');
  });

  it('takes the external id from the registry', () => {
    const plan = planSession(aCaller(), anAllowed({ grant: aGrant({ externalId: 'e-1' }) }));

    expect(plan.externalId).toBe('e-1');
  });

  it('narrows the session to the one database user, in the partition of the database', () => {
    const database = aDatabase({ partition: 'aws-cn', region: 'cn-north-1' });

    const { policy } = planSession(aCaller(), anAllowed({ database }));

    expect(JSON.parse(policy)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'rds-db:connect',
          Resource: [
            'arn:aws-cn:rds-db:cn-north-1:111122223333:dbuser:db-ABCDEFGHIJKLMNOPQRSTUVWXYZ/orders_app',
          ],
        },
      ],
    });
  });

  it('A16: has one statement on exactly the intended ARNs, whatever the user is called', () => {
    const resourceId = fc.stringMatching(/^(?:db|cluster|prx)-[A-Z0-9]{1,30}$/);
    const awkward = fc.constantFrom(
      '*',
      'a?',
      '"],"Action":"*',
      '\u0024{aws:username}',
      'x\\',
      '"}]}',
    );

    fc.assert(
      fc.property(
        fc.oneof(awkward, anyText),
        fc.array(resourceId, { minLength: 1, maxLength: 2 }),
        (name, resourceIds) => {
          const database = aDatabase({ resourceIds });
          const allowed = anAllowed({ database, user: aUser({ name }) });
          const policy: unknown = JSON.parse(planSession(aCaller(), allowed).policy);
          expect(policy).toEqual({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'rds-db:connect',
                Resource: resourceIds.map(
                  (id) => `arn:aws:rds-db:eu-west-1:111122223333:dbuser:${id}/${name}`,
                ),
              },
            ],
          });
        },
      ),
    );
  });

  it('A16: keeps to the 2,048 characters that STS takes, for the longest names on two resources', () => {
    const user = aUser({ name: 'u'.repeat(128) });
    const database = aDatabase({
      resourceIds: [`cluster-${'A'.repeat(60)}`, `db-${'B'.repeat(60)}`],
    });

    const { policy } = planSession(aCaller(), anAllowed({ database, user }));

    expect(policy.length).toBeLessThan(2048);
  });
});

describe('the session policy of a user whose name is not ASCII', () => {
  it('is written in the characters that STS takes', () => {
    const user = aUser({ name: 'żółw-é-日本' });

    const { policy } = planSession(aCaller(), anAllowed({ user }));

    expect(policy).toMatch(/^[\t\n\r\x20-\x7e]+$/);
    expect(JSON.parse(policy).Statement[0].Resource[0]).toMatch(/\/żółw-é-日本$/);
  });
});

describe('sessionNameOf', () => {
  it('fits STS whatever the subject holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, minLength: 1, maxLength: 1024 }), (subject) => {
        expect(sessionNameOf(aCaller({ subject }))).toMatch(stsName);
      }),
    );
  });

  it('is readable, and says the caller apart by its hash', () => {
    const name = sessionNameOf(aCaller({ subject: 'repo:acme/payments:ref:refs/heads/main' }));

    expect(name).toMatch(/^repo-acme-payments-ref-refs-heads-main-[0-9a-f]{16}$/);
  });

  it.each([
    ['repo:acme//payments', 'repo-acme-payments-'],
    ['x'.repeat(200), `${'x'.repeat(47)}-`],
  ])('says the same of %s in every release: logs are searched by it', (subject, readable) => {
    const key = `["jwt","https://issuer.example.com","${subject}"]`;
    const hash = createHash('sha256').update(key).digest('hex').slice(0, 16);

    expect(sessionNameOf(aCaller({ subject }))).toBe(`${readable}${hash}`);
  });

  it('says the same of an IAM caller in every release', () => {
    const key = '["iam","111122223333","role","payments-nightly"]';
    const hash = createHash('sha256').update(key).digest('hex').slice(0, 16);

    expect(sessionNameOf(anIamCaller())).toBe(`role-payments-nightly-${hash}`);
  });

  it.each([
    ['what readable parts would merge', 'a:b', 'a/b'],
    ['what lies beyond the cut', `${'a'.repeat(64)}1`, `${'a'.repeat(64)}2`],
    ['the case of a letter', 'API', 'api'],
  ])('tells callers apart by %s', (_, one, other) => {
    const [first, second] = [one, other].map((subject) => sessionNameOf(aCaller({ subject })));

    expect(first).not.toBe(second);
  });

  it('tells issuers apart, and a JWT from an IAM caller', () => {
    const subject = 'role/payments-nightly';
    const names = [
      aCaller({ subject }),
      aCaller({ subject, issuer: 'https://other.example.com' }),
      anIamCaller(),
      anIamCaller({ account: '999988887777' }),
    ].map(sessionNameOf);

    expect(new Set(names).size).toBe(4);
  });

  it('A12: is the same for every session of one role', () => {
    const [first, second] = ['run-1', 'run-2'].map((sessionName) =>
      sessionNameOf(anIamCaller({ sessionName })),
    );

    expect(first).toBe(second);
  });
});
