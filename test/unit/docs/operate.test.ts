import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { remainsOf } from '../../../operator/remains.ts';
import { aDatabase, aUser } from '../../builders/registry.ts';

const page = readFileSync(new URL('../../../docs/operate.md', import.meta.url), 'utf8');

/** More users than a policy can name, so that it is for all: as on a page that knows none of them. */
const targets = Array.from({ length: 51 }, (_, at) => ({
  database: aDatabase(),
  user: aUser({ name: `user_${at}` }).name,
  roleArns: ['arn:aws:iam::111122223333:role/tokenvend-payments'],
}));

describe('docs/operate.md', () => {
  it('has the policy that suspend prints, for whoever cannot run it', () => {
    const [, json = ''] = /```json\n([^`]*)```/.exec(page) ?? [];
    const found = { targets, isKnown: true, issuerUrl: undefined };
    const at = new Date('2027-01-31T04:00:00Z');

    const { deny } = remainsOf({ kind: 'team', team: 'payments' }, found, at);

    const written = json.replace('04:00:00Z', '04:00:00.000Z');
    expect(JSON.parse(written)).toEqual(deny?.policy);
  });
});
