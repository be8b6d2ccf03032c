import type { RegistrySource } from '../../core/registry/yaml-file.ts';
import { databaseAccount, region } from '../../local/organization.ts';

/** As many as a team of `bench/vend/registry-of.ts` has. */
const databasesPerFile = 100;

/** A registry of that many databases as people keep it: a file for each team, and one for the issuer. */
export function registryFilesOf(databaseCount: number): readonly RegistrySource[] {
  const teamCount = Math.ceil(databaseCount / databasesPerFile);
  return [issuers, ...Array.from({ length: teamCount }, (_, team) => teamFile(team))];
}

const issuers: RegistrySource = {
  file: 'registry/issuers.yaml',
  text: `version: 1
issuers:
  cluster:
    url: https://oidc.example.com/cluster
    audiences: [https://tokens.example.com]
    jwksUri: https://oidc.example.com/cluster/keys
`,
};

function teamFile(team: number): RegistrySource {
  const databases = Array.from({ length: databasesPerFile }, (_, at) =>
    databaseText(team * databasesPerFile + at, team),
  );
  const text = `version: 1
teams:
  team-${team}:
    owner: team-${team}@example.com
    roles: [arn:aws:iam::${databaseAccount}:role/tokenvend-team-${team}]
    members:
      api: { issuer: cluster, subject: "system:serviceaccount:team-${team}:api" }
databases:
${databases.join('')}`;
  return { file: `registry/team-${team}.yaml`, text };
}

const databaseText = (at: number, team: number): string => `  db-${at}:
    engine: postgres
    host: db-${at}.c9akciq32abc.${region}.rds.amazonaws.com
    port: 5432
    region: ${region}
    account: "${databaseAccount}"
    resourceId: db-${String(at).padStart(26, 'A')}
    users:
      app: { teams: [team-${team}] }
`;
