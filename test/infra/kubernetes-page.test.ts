import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { targetFileNames } from '../../clients/agent/target-files.ts';
import { exitCodes } from '../../clients/cli/exit-codes.ts';
import { loadRegistry } from '../../core/registry/load.ts';
import { commandsOn, wrongCommandsOn } from './cli-commands.ts';
import { podOf, variants } from './kubernetes-manifests.ts';

const page = readFileSync('docs/kubernetes.md', 'utf8');

describe('docs/kubernetes.md', () => {
  it('offers every variant, and none that there is not', () => {
    const named = [...page.matchAll(/\.\.\/deploy\/kubernetes\/(\w+)\/(?:deployment|job)\.yaml/g)];

    expect(named.map(([, name]) => name).sort()).toEqual([...variants].sort());
  });

  it('links to files that exist', () => {
    const links = [...page.matchAll(/\]\(([\w./-]+)(?:#[\w-]+)?\)/g)].map(([, path]) => path ?? '');

    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((path) => !existsSync(join('docs', path)))).toEqual([]);
  });

  it('shows commands that the command line understands', async () => {
    expect(commandsOn(page).map(({ verb }) => verb)).toEqual(['check', 'doctor']);
    expect(await wrongCommandsOn(page)).toEqual([]);
  });

  it('explains every exit code but the one for success', () => {
    const [, table = ''] = page.split('| exit code |');
    const listed = [...table.matchAll(/^\| (\d) \|/gm)].map(([, code]) => Number(code));

    expect(listed).toEqual(Object.values(exitCodes).filter((code) => code !== 0));
  });

  it('names every file that the application finds', () => {
    const [, table = ''] = page.split('| in `/run/db/<alias>/` |');
    const listed = table.split('\n\n')[0]?.match(/^\| [^|]+/gm) ?? [];
    const named = listed.flatMap((cell) => cell.match(/`([\w.]+)`/g) ?? []);

    expect(named.map((name) => name.replaceAll('`', '')).sort()).toEqual(
      [...targetFileNames].sort(),
    );
  });

  it('names the probes of the sidecar', () => {
    const [sidecar] = podOf('sidecar').initContainers;
    const [, table = ''] = page.split('| probe of the sidecar |');
    const listed = [...table.matchAll(/^\| `(\/\w+)` \|/gm)].map(([, path]) => path);

    expect(JSON.stringify(sidecar).match(/\/(?:startup|readiness|liveness)/g)).toEqual(listed);
  });

  it('shows a registry that is accepted, for a cluster whose keys cannot be fetched', () => {
    const [, text = ''] = /<!-- registry -->\n```yaml\n([\s\S]*?)```/.exec(page) ?? [];

    const loaded = loadRegistry([{ file: 'registry.yaml', text }]);

    expect(loaded).toMatchObject({ ok: true, warnings: [] });
  });
});
