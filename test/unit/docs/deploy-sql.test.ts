import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { userSql } from '../../../operator/sql/user-sql.ts';

const page = readFileSync(new URL('../../../docs/deploy.md', import.meta.url), 'utf8');

/** The statements that the page shows for an engine, a line each. */
function shownFor(engine: string): string[] {
  const [, block = ''] = /```sql\n([^`]+)```/.exec(page) ?? [];
  const [, part = ''] = block.split(new RegExp(`^-- ${engine}$`, 'm'));
  const [own = ''] = part.split(/^--/m);
  return own.trim().split('\n');
}

/** A statement as somebody would type it: plain names, any host, for a user that does not exist yet. */
const typed = (statement: string): string =>
  statement.replace(/[`"]/g, '').replace('@%', '').replace('IF NOT EXISTS ', '');

describe('the SQL in docs/deploy.md', () => {
  it.each([
    ['MySQL', 'mysql'],
    ['MariaDB', 'mariadb'],
  ] as const)('creates a user of %s as registry sql does, with TLS required', (name, engine) => {
    const [create = ''] = userSql({ engine }, 'orders_app').statements;

    expect(shownFor(name)).toEqual([typed(create)]);
    expect(create).toContain('REQUIRE SSL');
  });

  it('makes a user of PostgreSQL log in as registry sql does', () => {
    const [, ...rest] = userSql({ engine: 'postgres' }, 'orders_app').statements;

    expect(shownFor('PostgreSQL')).toEqual(['CREATE ROLE orders_app;', ...rest.map(typed)]);
  });
});
