import { describe, expect, it } from 'vitest';
import { explain } from '../../../../operator/explain/explain.ts';
import { explanationLines } from '../../../../operator/explain/explanation-lines.ts';
import { anIndex, aPod, aQuestion, aRun } from '../../../builders/questions.ts';
import { withDatabase, withTeam, withUser } from '../../../builders/registry-files.ts';

const falseConditions = (explanation: ReturnType<typeof explain>, name: string) =>
  explanation.members
    .find(({ member }) => member === name)
    ?.conditions.filter(({ holds }) => !holds);

describe('explain', () => {
  it('accounts for every member that could open the database, nearest first', () => {
    const caller = aRun({ repository_id: '123456789', ref: 'refs/heads/other' });

    const { verdict, members } = explain(anIndex(), aQuestion({ caller }));

    expect(verdict).toMatchObject({ allowed: false, reason: 'no-team' });
    expect(members.map(({ member }) => member)).toEqual(['deploy', 'nightly', 'api']);
    expect(members[0]?.conditions).toEqual([
      {
        condition: 'issuer',
        wanted: 'https://token.actions.githubusercontent.com',
        found: 'https://token.actions.githubusercontent.com',
        holds: true,
      },
      {
        condition: 'claims.repository_id',
        wanted: '123456789',
        found: '123456789',
        holds: true,
      },
      {
        condition: 'claims.ref',
        wanted: 'refs/heads/main',
        found: 'refs/heads/other',
        holds: false,
      },
    ]);
  });

  it('says that a claim is missing, rather than that it differs', () => {
    const caller = aRun({ repository_id: '123456789' });

    const missing = falseConditions(explain(anIndex(), aQuestion({ caller })), 'deploy');

    expect(missing).toEqual([{ condition: 'claims.ref', wanted: 'refs/heads/main', holds: false }]);
  });

  it('A9: shows that a number is not the text of it', () => {
    const caller = aRun({ repository_id: 123456789, ref: 'refs/heads/main' });

    const differing = falseConditions(explain(anIndex(), aQuestion({ caller })), 'deploy');

    expect(differing).toMatchObject([{ wanted: '123456789', found: 123456789 }]);
  });

  it.each([
    ['the account', 'arn:aws:iam::999988887777:role/nightly', ['account']],
    ['the name', 'arn:aws:iam::111122223333:role/other', ['principal']],
    ['the kind', 'arn:aws:iam::111122223333:user/nightly', ['principal']],
  ])('says that %s of an AWS principal is another', (_, arn, conditions) => {
    const explanation = explain(anIndex(), aQuestion({ caller: { kind: 'iam', arn } }));

    const differing = falseConditions(explanation, 'nightly');

    expect(differing?.map(({ condition }) => condition)).toEqual(conditions);
  });

  it('says what stands against each grant that the caller’s members open', () => {
    const users = {
      orders_app: { teams: ['payments'] },
      old: { teams: ['payments'], notAfter: '2026-01-01T00:00:00Z' },
    };

    const { grants } = explain(
      anIndex(withDatabase({ users })),
      aQuestion({ wish: { database: 'orders' } }),
    );

    expect(grants).toEqual([
      { user: 'old', team: 'payments', member: 'api', against: 'grant-expired' },
      { user: 'orders_app', team: 'payments', member: 'api' },
    ]);
  });

  it('tells a user that was not asked for from one that is not in force', () => {
    const { grants } = explain(
      anIndex(withUser('other')),
      aQuestion({ suspensions: new Set(['user/orders/orders_app']) }),
    );

    expect(grants.map(({ user, against }) => [user, against])).toEqual([
      ['orders_app', 'suspended'],
      ['other', 'other-user-asked'],
    ]);
  });

  it('keeps claims that no rule reads out of the text', () => {
    const caller = aPod({ email: 'planted@example.com' });

    const text = explanationLines(explain(anIndex(), aQuestion({ caller }))).join('\n');

    expect(text).toContain('system:serviceaccount:payments:api');
    expect(text).not.toContain('planted');
  });

  const pinned = () =>
    anIndex(
      withTeam({
        members: {
          nightly: {
            iamRole: 'arn:aws:iam::111122223333:role/nightly',
            iamRoleId: 'AROAEXAMPLENIGHTLY01',
          },
        },
      }),
    );
  const nightly = { kind: 'iam', arn: 'arn:aws:iam::111122223333:role/nightly' } as const;

  it('does not refuse a principal whose id nobody has given, and shows no id that it has made up', () => {
    const explanation = explain(pinned(), aQuestion({ caller: nightly }));

    const text = explanationLines(explanation).join('\n');

    expect(explanation.isFinal).toBe(false);
    expect(text).toMatch(
      /^undecided: as far as is known, refused: no-team .*\n.*get-caller-identity/,
    );
    expect(text).toContain('  ? payments/nightly\n');
    expect(text).toContain('      ? id is "AROAEXAMPLENIGHTLY01", not given');
    expect(text).not.toContain('NOTGIVEN');
  });

  it.each([
    ['AROAEXAMPLENIGHTLY01', true],
    ['AROAEXAMPLENIGHTLY02', false],
  ])('decides by the id %s once it is given', (uniqueId, allowed) => {
    const { verdict, isFinal } = explain(pinned(), aQuestion({ caller: { ...nightly, uniqueId } }));

    expect({ allowed: verdict.allowed, isFinal }).toEqual({ allowed, isFinal: true });
  });

  it('is final without an id where the account or the name is another already', () => {
    const arn = 'arn:aws:iam::111122223333:role/other';

    expect(explain(pinned(), aQuestion({ caller: { kind: 'iam', arn } })).isFinal).toBe(true);
  });

  it.each([
    ['that it lacks', { repository_id: '123456789' }, 'refs/heads/main', 'not in the record'],
    [
      'whose type it lost',
      { repository_id: '123456789', ref: 'true' },
      true,
      'recorded as text: "true"',
    ],
  ])('says of a record’s claim %s that nobody can tell', (_, claims, ref, words) => {
    const deploy = { issuer: 'github', claims: { repository_id: '123456789', ref } };
    const caller = { ...aRun(claims), isRecorded: true } as const;

    const explanation = explain(anIndex(withTeam({ members: { deploy } })), aQuestion({ caller }));
    const text = explanationLines(explanation).join('\n');

    expect(explanation.isFinal).toBe(false);
    expect(text).toContain('claims that the record does not have');
    expect(text).toContain(`      ? claims.ref is ${JSON.stringify(ref)}, ${words}`);
  });

  it('is final for a record that shows enough', () => {
    const caller = { ...aRun({ repository_id: '1' }), isRecorded: true } as const;

    const { verdict, isFinal } = explain(anIndex(), aQuestion({ caller }));

    expect({ verdict, isFinal }).toMatchObject({ verdict: { reason: 'no-team' }, isFinal: true });
  });
});
