import { describe, expect, it } from 'vitest';
import {
  compileDraft,
  unresolvedFinding,
  unresolvedIssuers,
} from '../../../../core/registry/compile.ts';
import { loadRegistry } from '../../../../core/registry/load.ts';
import { aDraft } from '../../../builders/drafts.ts';
import { aRegistryFile, withIssuer } from '../../../builders/registry-files.ts';

const issuersWith = (changes: Parameters<typeof aDraft>[0]) =>
  compileDraft(aDraft(changes)).issuers;

describe('a compiled issuer', () => {
  it('is complete where its entry leaves out what has a default', () => {
    const issuers = issuersWith({});

    expect(issuers).toEqual([
      {
        name: 'cluster',
        url: 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE',
        audiences: ['https://tokens.example.com'],
        algorithms: ['RS256'],
        keys: {
          kind: 'remote',
          jwksUri: 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE/keys',
        },
        maxTokenLifetimeSeconds: 86_400,
        claimKeys: [],
        auditClaims: [],
      },
      expect.objectContaining({ name: 'github', claimKeys: ['ref', 'repository_id'] }),
    ]);
  });

  it('holds what its entry says', () => {
    const entry = {
      algorithms: ['ES256', 'RS256'],
      maxTokenLifetimeSeconds: 3600,
      auditClaims: ['run_id'],
    };

    expect(issuersWith(withIssuer(entry))[0]).toMatchObject(entry);
  });

  it('lists every claim that a condition of its members reads, once and in order', () => {
    const issuers = issuersWith({
      ...withIssuer({ pin: ['level'] }),
      teams: {
        payments: {
          members: {
            one: { issuer: 'cluster', claims: { '/a/b': 'c', level: 3, 'x:': 'y:*' } },
            two: { issuer: 'cluster', claims: { level: 4 } },
          },
        },
      },
    });

    expect(issuers.map(({ claimKeys }) => claimKeys)).toEqual([
      ['/a/b', 'level', 'x:'],
      ['ref', 'repository_id'],
    ]);
  });
});

describe('the keys of an issuer', () => {
  const key = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', kid: '1' };
  const found = new Map([['cluster', 'https://keys.example.com']]);
  const given = 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE/keys';
  const remote = (jwksUri: string) => ({ kind: 'remote', jwksUri });

  it.each([
    [
      'are those in its entry',
      { jwks: { keys: [key] } },
      { kind: 'inline', jwks: { keys: [key] } },
    ],
    ['are where its entry says, whatever was found', {}, remote(given)],
    ['are where they were found', { jwksUri: undefined }, remote('https://keys.example.com')],
  ])('%s', (_, entry, keys) => {
    const { issuers } = compileDraft(aDraft(withIssuer(entry)), { resolvedJwksUris: found });

    expect(issuers[0]?.keys).toEqual(keys);
  });

  it('are found by whoever loads its files', () => {
    const file = aRegistryFile(withIssuer({ jwksUri: undefined }));

    expect(loadRegistry([file], { resolvedJwksUris: found })).toMatchObject({
      document: { issuers: [{ keys: remote('https://keys.example.com') }, {}] },
    });
  });

  it.each([
    ['without an address for anybody', {}],
    [
      'without its address',
      { resolvedJwksUris: new Map([['github', 'https://keys.example.com']]) },
    ],
  ])('are not compiled %s', (_, options) => {
    const draft = aDraft(withIssuer({ jwksUri: undefined }));

    expect(() => compileDraft(draft, options)).toThrow(
      'an issuer without keys passed the registry check',
    );
  });

  it.each([
    [
      'must be found where nobody has said or found them',
      { jwksUri: undefined },
      new Map(),
      ['cluster'],
    ],
    ['need not be found where its entry has their address', {}, new Map(), []],
    [
      'need not be found where its entry has them',
      { jwksUri: undefined, jwks: { keys: [key] } },
      new Map(),
      [],
    ],
    ['need not be found twice', { jwksUri: undefined }, found, []],
  ])('%s', (_, entry, resolved, names) => {
    const unresolved = unresolvedIssuers(aDraft(withIssuer(entry)), resolved);

    expect(unresolved.map(({ name }) => name)).toEqual(names);
  });

  it('are looked for at its URL, and missed at its entry', () => {
    const unresolved = unresolvedIssuers(aDraft(withIssuer({ jwksUri: undefined })));

    expect(unresolved).toEqual([
      { name: 'cluster', url: 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE' },
    ]);
    expect(unresolved.map(unresolvedFinding)).toMatchObject([
      { severity: 'error', path: ['issuers', 'cluster'] },
    ]);
  });
});
