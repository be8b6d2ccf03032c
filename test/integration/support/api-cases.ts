/** Who asks: a known caller, one of whom no team knows, or nobody who has proven anything. */
export type Asker = 'caller' | 'stranger' | 'nobody';

/** One request and the answer that it must get. */
export interface ApiCase {
  readonly what: string;
  /** Method and path of openapi.yaml, for a JWT caller. */
  readonly route: string;
  readonly status: number;
  /** Appended to the path. */
  readonly query?: string;
  readonly body?: string;
  /** Absent: `caller`. */
  readonly as?: Asker;
  readonly hint?: string;
  readonly type?: string;
}

const tokens = 'POST /v1/tokens';
const databases = 'GET /v1/databases';
const whoami = 'GET /v1/whoami';

const body = (wish: Readonly<Record<string, unknown>>): string => JSON.stringify(wish);
const orders = body({ database: 'orders' });

/** What callers of either kind get; both have the same standing in the registry. */
export const identifiedCases: readonly ApiCase[] = [
  { what: 'a token', route: tokens, body: orders, status: 200, type: 'application/json' },
  {
    what: 'a token and the CA',
    route: tokens,
    body: body({ database: 'orders', inlineCa: true, fresh: true, team: 'payments' }),
    status: 200,
  },
  {
    what: 'a bare token',
    route: tokens,
    query: '?format=token',
    body: orders,
    status: 200,
    type: 'text/plain',
  },
  {
    what: 'lines for a shell',
    route: tokens,
    query: '?format=env&caFile=/ca.pem',
    body: orders,
    status: 200,
    type: 'text/plain',
  },
  {
    what: 'an unknown key',
    route: tokens,
    body: body({ database: 'orders', host: 'x' }),
    status: 400,
  },
  { what: 'no body', route: tokens, body: '', status: 400 },
  { what: 'half a body', route: tokens, body: '{"database":', status: 400 },
  { what: 'a body of 5 KB', route: tokens, body: orders.padEnd(5000), status: 400 },
  { what: 'an unknown format', route: tokens, query: '?format=yaml', body: orders, status: 400 },
  {
    what: 'a format said twice',
    route: tokens,
    query: '?format=json&format=json',
    body: orders,
    status: 400,
  },
  {
    what: 'a CA file beside JSON',
    route: tokens,
    query: '?caFile=/ca.pem',
    body: orders,
    status: 400,
  },
  { what: 'nobody', route: tokens, body: orders, as: 'nobody', status: 401 },
  { what: 'no team', route: tokens, body: orders, as: 'stranger', status: 403, hint: 'no-team' },
  { what: 'no such database', route: tokens, body: body({ database: 'none' }), status: 403 },
  {
    what: 'two users',
    route: tokens,
    body: body({ database: 'two-users' }),
    status: 403,
    hint: 'choose-user',
  },
  {
    what: 'two teams',
    route: tokens,
    body: body({ database: 'two-teams' }),
    status: 403,
    hint: 'choose-team',
  },
  {
    what: 'a grant that is over',
    route: tokens,
    body: body({ database: 'over' }),
    status: 403,
    hint: 'grant-not-in-force',
  },
  { what: 'databases', route: databases, status: 200 },
  { what: 'a page of them', route: databases, query: '?limit=1', status: 200 },
  { what: 'the page after', route: databases, query: '?limit=1&cursor=b3JkZXJz', status: 200 },
  { what: 'no page', route: databases, query: '?limit=0', status: 400 },
  { what: 'too long a page', route: databases, query: '?limit=101', status: 400 },
  { what: 'a cursor of its own', route: databases, query: '?cursor=Li4v', status: 400 },
  { what: 'an unknown parameter', route: databases, query: '?team=payments', status: 400 },
  { what: 'nobody', route: databases, as: 'nobody', status: 401 },
  { what: 'nothing to open', route: databases, as: 'stranger', status: 200 },
  { what: 'itself', route: whoami, status: 200 },
  { what: 'a stranger', route: whoami, as: 'stranger', status: 200 },
  { what: 'an unknown parameter', route: whoami, query: '?x=', status: 400 },
  { what: 'nobody', route: whoami, as: 'nobody', status: 401 },
];

const [ca, config, health] = ['GET /v1/ca/{bundle}', 'GET /v1/config', 'GET /v1/health'] as const;

/** What anybody gets; `{bundle}` stands for the Region's unless the query says more. */
export const publicCases: readonly ApiCase[] = [
  { what: 'a bundle', route: ca, status: 200, type: 'application/x-pem-file' },
  { what: 'a bundle that is not on board', route: ca, query: '-9', status: 400 },
  { what: 'a path out of the folder', route: ca, query: '%2f..%2findex.json', status: 400 },
  { what: 'an unknown parameter', route: ca, query: '?x=1', status: 400 },
  { what: 'the configuration', route: config, status: 200 },
  { what: 'an unknown parameter', route: config, query: '?x=1', status: 400 },
  { what: 'health', route: health, status: 200 },
  { what: 'an unknown parameter', route: health, query: '?x=1', status: 400 },
];

/** Users of three databases, each of which leads to a hint. */
const usersForHints = {
  'two-users': 'one: { teams: [payments] }, other: { teams: [payments] }',
  'two-teams': 'common: { teams: [billing, payments] }',
  over: 'late: { teams: [payments], notAfter: 2020-01-01T00:00:00Z }',
} as const;

/** Those databases, to be put at the end of the local registry. */
export const databasesForHints: string = Object.entries(usersForHints)
  .map(
    ([name, users]) => `  ${name}:
    engine: postgres
    host: ${name}.c9akciq32abc.eu-west-1.rds.amazonaws.com
    port: 5432
    region: eu-west-1
    account: "111122223333"
    resourceId: db-${name.replace('-', '').toUpperCase().padEnd(26, 'A')}
    users: { ${users} }
`,
  )
  .join('');
