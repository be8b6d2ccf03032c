import { describe, expect, it } from 'vitest';
import { planSession } from '../../../core/session.ts';
import { userArns } from '../../../operator/user-arn.ts';
import { aCaller } from '../../builders/callers.ts';
import { aDatabase, anAllowed, aUser } from '../../builders/registry.ts';

describe('userArns', () => {
  it('names exactly what a session is narrowed to', () => {
    const database = aDatabase({ partition: 'aws-cn', resourceIds: ['db-BLUE', 'db-GREEN'] });
    const user = aUser({ name: 'jürgen+app' });

    const arns = userArns(database, user.name);

    const { policy } = planSession(aCaller(), anAllowed({ database, user }));
    expect(arns).toHaveLength(2);
    expect(JSON.parse(policy).Statement[0].Resource).toEqual(arns);
  });
});
