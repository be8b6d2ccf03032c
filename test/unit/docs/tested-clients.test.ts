import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isFormatName } from '../../../core/connection/formats.ts';
import { type TestedClient, testedClients } from '../../e2e/real-servers/tested-clients.ts';

const file = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const drivers = 'test/e2e/real-servers';
const page = file('docs/tested-clients.md');
const clients = Object.entries<TestedClient>(testedClients);

/** Versions by package, from wherever they are pinned. */
const pins = new Map<string, string>([
  ...pairs(file('package.json'), /"([\w@/.-]+)": "(\d[\d.]*)"/g),
  ...pairs(file(`${drivers}/python/requirements.txt`), /^(.+)==(.+)$/gm),
  ...pairs(
    file(`${drivers}/java/pom.xml`),
    /<artifactId>(.+)<\/artifactId>\s*<version>(.+)<\/version>/g,
  ),
]);

function pairs(text: string, pattern: RegExp): [string, string][] {
  return [...text.matchAll(pattern)].map(([, name = '', version = '']) => [name, version]);
}

interface Row {
  readonly client: string;
  readonly version: string;
  readonly server: string;
  readonly given: string;
}

function rows(): Row[] {
  const table = page.slice(0, page.indexOf('\n## '));
  return [...table.matchAll(/^\| (.+) \| (\d.+) \| (.+) \| (.+) \|$/gm)].map(
    ([, client = '', version = '', server = '', given = '']) => ({
      client,
      version,
      server,
      given,
    }),
  );
}

/** The way's formats as code, the rest as words. */
const asWritten = (way: string): string =>
  way.replace(/[\w-]+/g, (word) => (isFormatName(word) ? `\`${word}\`` : word));

describe('docs/tested-clients.md', () => {
  it('has a row for every client that is tested, with every way, and for nothing else', () => {
    const listed = rows().map(({ client, given }) => [client, given]);

    expect(listed).toEqual(
      clients.map(([client, { ways }]) => [client, ways.map(asWritten).join(' · ')]),
    );
  });

  it('names the versions that are pinned', () => {
    const versions = new Map(rows().map(({ client, version }) => [client, version]));
    const pinned = clients.filter(([, { packages }]) => packages.length > 0);

    expect(pinned.map(([client]) => [client, versions.get(client)])).toEqual(
      pinned.map(([client, { packages }]) => [
        client,
        packages.map((name) => pins.get(name)).join(', '),
      ]),
    );
  });

  it('names the engine that each client was tested with', () => {
    const servers = rows().map(({ server }) => server.split(' ')[0]?.toLowerCase());

    expect(servers).toEqual(
      clients.map(([, { engine }]) => (engine === 'postgres' ? 'postgresql' : engine)),
    );
  });
});
