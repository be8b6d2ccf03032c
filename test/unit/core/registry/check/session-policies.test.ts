import { describe, expect, it } from 'vitest';
import { checkDraft } from '../../../../../core/registry/check/check-draft.ts';
import { sessionPolicy } from '../../../../../core/session.ts';
import { aDraft, findingsWith } from '../../../../builders/drafts.ts';
import { withDatabase } from '../../../../builders/registry-files.ts';

const place = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
const granted = { teams: ['payments'] };

/** Four resource ids of the longest, but for the last: `spare` characters shorter. */
const fourIds = (spare: number): string[] => [
  ...['A', 'B', 'C'].map((letter) => `db-${letter.repeat(64)}`),
  `db-${'D'.repeat(64 - spare)}`,
];

/** A MariaDB user that is known by four resource ids. */
const withLongUser = (user: string, resourceId: readonly string[]) =>
  withDatabase({ engine: 'mariadb', resourceId, users: { [user]: granted } });

/** A user whose session policy has exactly so many characters, and the ids that it is for. */
function measured(length: number): { readonly user: string; readonly ids: string[] } {
  for (let accents = 1; accents <= 80; accents++) {
    const user = 'é'.repeat(accents);
    const over = sessionPolicy({ ...place, resourceIds: fourIds(0) }, user).length - length;
    if (over >= 0) return { user, ids: fourIds(over) };
  }
  throw new Error('no policy is that long');
}

describe('a user whose session policy is too long for STS', () => {
  it('is found, with the size and what to do', () => {
    const ids = ['A', 'B', 'C', 'D'].map((letter) => `db-${letter.repeat(26)}`);

    const findings = checkDraft(aDraft(withLongUser('é'.repeat(80), ids)));

    expect(findings).toEqual([
      {
        severity: 'error',
        path: ['databases', 'orders', 'users', 'é'.repeat(80)],
        message:
          'The session policy for this user has 2328 characters, STS takes 2048; list fewer resource ids, or give the user a shorter name (a letter beyond ASCII counts as six).',
      },
    ]);
  });

  it.each([
    [2048, 0],
    [2049, 1],
  ])('has one of %d characters: %d findings', (length, found) => {
    const { user, ids } = measured(length);

    expect(sessionPolicy({ ...place, resourceIds: ids }, user)).toHaveLength(length);
    expect(findingsWith(withLongUser(user, ids))).toHaveLength(found);
  });

  it('is not one of ASCII, however many resource ids there are', () => {
    expect(findingsWith(withLongUser('a'.repeat(80), fourIds(0)))).toEqual([]);
  });

  it('is not judged where the region is wrong', () => {
    const nowhere = withDatabase({ region: 'nowhere' });
    const users = { ['é'.repeat(80)]: granted };
    const long = { engine: 'mariadb', resourceId: fourIds(0), users };

    const findings = findingsWith(withDatabase({ region: 'nowhere', ...long }));

    expect(findings).toEqual(findingsWith(nowhere));
  });
});
