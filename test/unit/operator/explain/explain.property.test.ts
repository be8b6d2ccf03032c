import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorize } from '../../../../core/authorize.ts';
import { sliceOf } from '../../../../core/registry/index-document.ts';
import { keysOfIdentity } from '../../../../core/registry/member-keys.ts';
import { identify } from '../../../../operator/explain/claimed-caller.ts';
import { explain } from '../../../../operator/explain/explain.ts';
import { summaryOf } from '../../../../operator/explain/verdict-summary.ts';
import { anIndex, aPod, aQuestion, aRun } from '../../../builders/questions.ts';

const roles = [
  'arn:aws:iam::111122223333:role/tokenvend-payments',
  'arn:aws:iam::111122223333:role/tokenvend-billing',
];

/** Two teams, patterns, claims, principals, and limits of every kind. */
const index = anIndex({
  teams: {
    payments: {
      members: {
        jobs: { issuer: 'cluster', subject: 'system:serviceaccount:payments:*' },
        old: { issuer: 'cluster', subject: 'a:b', notAfter: '2026-01-01T00:00:00Z' },
      },
    },
    billing: {
      roles: [roles[1]],
      members: { batch: { issuer: 'cluster', subject: 'system:serviceaccount:payments:api' } },
    },
  },
  databases: {
    orders: {
      users: {
        shared: { teams: ['payments', 'billing'] },
        fenced: { members: ['payments/jobs'], vendFromCidrs: ['203.0.113.0/24'] },
        ended: { teams: ['payments'], notAfter: '2026-01-01T00:00:00Z' },
      },
    },
  },
});

const callers = fc.oneof(
  fc
    .constantFrom('system:serviceaccount:payments:api', 'system:serviceaccount:payments:x', 'a:b')
    .map((sub) => aPod({ sub })),
  fc
    .record({
      repository_id: fc.constantFrom('123456789', 123456789, ['123456789'], '1'),
      ref: fc.constantFrom('refs/heads/main', 'refs/heads/main-2', true),
    })
    .map(aRun),
  fc
    .constantFrom('role/nightly', 'role/batch/nightly', 'user/nightly', 'role/other')
    .map((name) => ({ kind: 'iam', arn: `arn:aws:iam::111122223333:${name}` }) as const),
);

const suspensions = fc
  .subarray(['team/payments', 'member/payments/jobs', 'user/orders/shared', 'database/orders'])
  .map((names) => new Set(names));

const questions = fc
  .record({
    caller: callers,
    user: fc.constantFrom(undefined, 'shared', 'fenced', 'ended', 'orders_app', 'nobody'),
    team: fc.constantFrom(undefined, 'payments', 'billing'),
    database: fc.constantFrom('orders', 'nowhere'),
    sourceIp: fc.constantFrom(undefined, '203.0.113.1', '198.51.100.1'),
    suspensions,
  })
  .map(({ caller, database, user, team, ...rest }) =>
    aQuestion({
      caller,
      wish: { database, ...(user && { user }), ...(team && { team }) },
      ...rest,
    }),
  );

describe('what explain says', () => {
  it('has the verdict that authorize reaches on what production looks up', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const identity = identify(question.caller, index, question);
        const query = {
          memberKeys: keysOfIdentity(identity),
          database: question.wish.database,
        };
        const slice = sliceOf(index, query, question.suspensions);

        const { verdict } = explain(index, question);

        expect(verdict).toEqual(authorize(identity, question.wish, slice, question));
      }),
    );
  });

  it('adds up: a member holds exactly if all of its conditions do', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const { members } = explain(index, question);

        for (const { holds, conditions } of members) {
          expect(holds).toBe(conditions.every((condition) => condition.holds));
        }
      }),
    );
  });

  it('adds up: the request is allowed exactly if one user and one team are left', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const { verdict, grants } = explain(index, question);

        const open = grants.filter(({ against }) => against === undefined);
        const users = new Set(open.map(({ user }) => user));
        const teams = new Set(open.map(({ team }) => team));
        expect(verdict.allowed).toBe(users.size === 1 && teams.size === 1);
      }),
    );
  });

  it('is final only where no claim that a record lacks could change it', () => {
    const claims = { repository_id: '123456789', ref: 'refs/heads/main' };
    const values = fc.record({
      repository_id: fc.constantFrom(claims.repository_id, '1'),
      ref: fc.constantFrom(claims.ref, 'refs/heads/other'),
    });
    const kept = fc.subarray(['repository_id', 'ref'] as const);
    fc.assert(
      fc.property(questions, values, kept, (question, whole, keys) => {
        const known = Object.fromEntries(keys.map((key) => [key, whole[key]]));
        const recorded = { ...aRun(known), isRecorded: true } as const;
        const told = explain(index, { ...question, caller: recorded });
        const asked = (some: typeof whole) =>
          JSON.stringify(summaryOf(explain(index, { ...question, caller: aRun(some) }).verdict));

        const possible = new Set([asked({ ...claims, ...known }), asked({ ...whole, ...known })]);

        if (told.isFinal) expect([...possible]).toEqual([JSON.stringify(summaryOf(told.verdict))]);
        else expect(keys.length).toBeLessThan(2);
      }),
    );
  });
});
