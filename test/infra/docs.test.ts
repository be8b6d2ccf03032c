import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { problemKinds } from '../../core/problem.ts';
import { routesOf } from './api-body.ts';
import { openapi } from './openapi-document.ts';
import { source } from './stack.ts';

const page = (name: string): string =>
  readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

describe('docs/deploy.md', () => {
  it('has a row for every parameter, and for nothing else', () => {
    const rows = page('deploy.md').match(/^\| (`\w+` ?)+\|.*$/gm) ?? [];
    const named = rows.flatMap((row) => row.split('|')[1]?.match(/\w+/g) ?? []);

    expect(named.sort()).toEqual(Object.keys(source.Parameters).sort());
  });

  it('names only outputs that the stack has', () => {
    const named = page('deploy.md').match(/(?<=output\s`)\w+/g) ?? [];

    expect(named.length).toBeGreaterThan(0);
    expect(Object.keys(source.Outputs)).toEqual(expect.arrayContaining(named));
  });
});

describe('docs/api.md', () => {
  it('lists the routes of openapi.yaml', () => {
    const rows = page('api.md').matchAll(/^\| `([A-Z]+) (\/v1\/\S+)` \| (\w+) \|/gm);
    const auth = new Map([
      ['JWT', 'jwt'],
      ['SigV4', 'iam'],
    ]);

    const listed = [...rows].map(([, method, path, identity = '']) => ({
      method,
      path,
      auth: auth.get(identity) ?? identity,
    }));

    expect(listed).toEqual(expect.arrayContaining(routesOf(openapi.paths)));
    expect(listed).toHaveLength(routesOf(openapi.paths).length);
  });

  it('lists every problem with its status', () => {
    const rows = page('api.md').matchAll(/^\| `([A-Z_]+)` \| (\d{3}) \|/gm);

    expect(Object.fromEntries([...rows].map(([, code, status]) => [code, Number(status)]))).toEqual(
      Object.fromEntries(Object.entries(problemKinds).map(([code, { status }]) => [code, status])),
    );
  });
});
