import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { callerKey } from '../../core/identity.ts';
import { databaseUserProblem } from '../../core/registry/database-user.ts';
import { planSession, sessionNameOf } from '../../core/session.ts';
import { anyCharacter } from '../builders/any-character.ts';
import { aCaller, anIamCaller } from '../builders/callers.ts';
import { aDatabase, anAllowed, aUser } from '../builders/registry.ts';
import { fuzz } from './fuzz.ts';

/** Whatever the registry takes for a database user; most of it is no name that anybody would choose. */
const users = fc
  .oneof(
    fc.string({ unit: anyCharacter, minLength: 1, maxLength: 80 }),
    fc.string({ unit: fc.constantFrom(...'a"\\\':,[]()<>&éÿ~'), minLength: 1, maxLength: 80 }),
  )
  .filter((name) => databaseUserProblem(name) === undefined);

const resourceIds = fc.uniqueArray(fc.stringMatching(/^(db|cluster|prx)-[A-Za-z0-9]{1,64}$/), {
  minLength: 1,
  maxLength: 4,
});

const callers = fc.oneof(
  fc.string({ unit: anyCharacter, minLength: 1 }).map((subject) => aCaller({ subject })),
  fc
    .stringMatching(/^[\w+=,.@-]{1,64}$/)
    .map((principalName) => anIamCaller({ principalName, sessionName: principalName })),
);

describe('a session', () => {
  fuzz(
    'is narrowed to one statement on exactly the user’s ARNs, in characters that STS takes',
    fc.property(callers, users, resourceIds, (caller, name, ids) => {
      const database = aDatabase({ resourceIds: ids });

      const { policy } = planSession(caller, anAllowed({ database, user: aUser({ name }) }));

      expect(JSON.parse(policy)).toEqual({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'rds-db:connect',
            Resource: ids.map((id) => `arn:aws:rds-db:eu-west-1:111122223333:dbuser:${id}/${name}`),
          },
        ],
      });
      expect(policy).toMatch(/^[\t\n\r\u0020-\u00ff]+$/);
      // In IAM these would mean more than one user, also where JSON spells them as escapes.
      expect(JSON.stringify(JSON.parse(policy).Statement)).not.toMatch(/[*?]|\$\{/);
    }),
  );

  fuzz(
    'has a name that STS takes, and that no two callers share',
    fc.property(callers, callers, (one, other) => {
      expect(sessionNameOf(one)).toMatch(/^[\w+=,.@-]{2,64}$/);
      const isSame = callerKey(one) === callerKey(other);
      expect(sessionNameOf(one) === sessionNameOf(other)).toBe(isSame);
    }),
  );
});
