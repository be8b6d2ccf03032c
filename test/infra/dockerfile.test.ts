import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildContext, instructions, stages, textsOf } from './dockerfile-instructions.ts';

const [build = [], image = [], ...others] = stages();
const defaults = new Map(
  textsOf(instructions(), 'ARG').map((text): [string, string] => {
    const [name = '', value = ''] = text.split('=');
    return [name, value];
  }),
);

describe('Dockerfile', () => {
  it('holds nothing but instructions that there are', () => {
    const known = ['ARG', 'FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'USER', 'HEALTHCHECK'];

    const named = new Set(instructions().map(({ name }) => name));

    expect([...named].filter((name) => !known.includes(name))).toEqual(['ENTRYPOINT', 'CMD']);
    expect(others).toEqual([]);
  });

  it('lets both base images be given with a digest, and names a version of each', () => {
    const bases = [...textsOf(build, 'FROM'), ...textsOf(image, 'FROM')].map(
      (text) => /\$\{(\w+)\}/.exec(text)?.[1] ?? '',
    );

    expect(bases).toEqual(['BUILD_IMAGE', 'RUNTIME_IMAGE']);
    for (const name of bases) expect(defaults.get(name)).toMatch(/:(?!latest)[\w.-]+$/);
  });

  it('has the Node of the functions, without a shell and as nobody', () => {
    expect(defaults.get('RUNTIME_IMAGE')).toMatch(/distroless\/nodejs24-.*:nonroot$/);
    expect(defaults.get('BUILD_IMAGE')).toMatch(/^node:24-/);
  });

  it('builds on the machine that builds, and runs nothing for another processor', () => {
    expect(textsOf(build, 'FROM')).toEqual([expect.stringContaining('--platform=$BUILDPLATFORM')]);
    expect(textsOf(image, 'RUN')).toEqual([]);
  });

  it('ends as a user with a number that is not root, which kubelet can tell', () => {
    expect(textsOf(image, 'USER')).toEqual(['65532:65532']);
  });

  it('takes only what the build made of the command line, its licence and its version', () => {
    const sources = textsOf(image, 'COPY').flatMap((text) => text.split(' ').slice(1, -1));

    expect(textsOf(image, 'COPY').every((text) => text.startsWith('--from=build '))).toBe(true);
    expect(sources).toEqual([
      '/build/LICENSE',
      '/build/package.json',
      '/build/dist/cli/',
      '/build/bin/tokenvend',
    ]);
  });

  it('leaves probes to Kubernetes', () => {
    expect(textsOf(image, 'HEALTHCHECK')).toEqual(['NONE']);
  });

  it('runs no script of a package', () => {
    expect(textsOf(build, 'RUN')[0]).toBe('npm ci --ignore-scripts');
  });
});

describe('.dockerignore', () => {
  it('lets only what exists through, and no registry, secret or build of before', () => {
    const context = buildContext();

    expect(context.filter((path) => !existsSync(path))).toEqual([]);
    for (const path of ['.env', '.git', 'dist', 'node_modules', 'registry.yaml', '.local']) {
      expect(context).not.toContain(path);
    }
  });
});
