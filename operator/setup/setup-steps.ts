import { shellQuote } from '../../core/connection/shell-quote.ts';
import type { Database } from '../../core/registry/model.ts';
import { cautions } from './cautions.ts';
import { changeCommand, lookupCommand } from './rds-commands.ts';

/** One step of a first-time setup: why, and commands to review and run. */
export interface SetupStep {
  readonly title: string;
  readonly notes: readonly string[];
  /** Lines of a POSIX shell. */
  readonly commands: readonly string[];
}

export interface SetupOptions {
  /** As the other verbs are given it. */
  readonly registryPath: string;
  /** The stack's output; without it the commands read `$VENDOR_ROLE_ARN`. */
  readonly vendorRoleArn?: string;
}

/** Everything that has to be done once for a database, in the order in which it works. */
export function setupSteps(database: Database, options: SetupOptions): readonly SetupStep[] {
  return [
    {
      title: 'Look at what is there',
      notes: cautions(database),
      commands: [lookupCommand(database)],
    },
    {
      title: 'Turn IAM authentication on, and the log that says why a login failed',
      notes: ['Logins with passwords go on working. It takes effect without a restart.'],
      commands: [changeCommand(database)],
    },
    usersStep(database, options),
    rolesStep(database, options),
    scpStep(database),
    caStep(database),
    tryStep(database, options),
  ];
}

function usersStep(database: Database, { registryPath }: SetupOptions): SetupStep {
  const { name, caBundle, region } = database;
  const viaProxy =
    caBundle === 'amazon-roots' ? ['Run it on the database behind the proxy, not through it.'] : [];
  return {
    title: 'Create the users, as the master user',
    notes: [
      'Read its notes first: a user that had a password loses password login.',
      'The CA comes from tokenvend’s API: set TOKENVEND_API_URL to the output ApiUrl of its stack.',
      ...viaProxy,
    ],
    commands: [
      // The Region's, for a proxy too: the database behind it has no certificate of Amazon Trust Services.
      `tokenvend ca ${region} --out ${caFile}`,
      `${tokenvend('sql', registryPath)} ${shellQuote(name)} | ${clientCommand(database)}`,
    ],
  };
}

const caFile = 'rds-ca.pem';

/**
 * `loose-` makes the clients of MySQL and of MariaDB skip the flag that only the other one knows, with
 * a warning. Without its own flag either one checks the CA at most, which every database of the Region has.
 */
const mysqlTls = `--loose-ssl-mode=VERIFY_IDENTITY --loose-ssl-verify-server-cert --ssl-ca=${caFile}`;

/** As the master user, whose name the stack of the database knows; asks for the password. */
function clientCommand({ engine, host, port, dbname }: Database): string {
  const place = `-h ${shellQuote(host)}`;
  if (engine !== 'postgres') return `mysql ${mysqlTls} ${place} -P ${port} -u "$MASTER_USER" -p`;
  const name = shellQuote(dbname ?? 'postgres');
  return `PGSSLMODE=verify-full PGSSLROOTCERT=${caFile} psql -v ON_ERROR_STOP=1 ${place} -p ${port} -U "$MASTER_USER" -d ${name}`;
}

function rolesStep(
  { account }: Database,
  { registryPath, vendorRoleArn }: SetupOptions,
): SetupStep {
  const vendor = vendorRoleArn === undefined ? '"$VENDOR_ROLE_ARN"' : shellQuote(vendorRoleArn);
  return {
    title: `Create or update the teams' roles in account ${account}`,
    notes: [
      'DatabaseAccounts of tokenvend’s own stack must list the account.',
      'A role that exists already is deleted or imported first: CloudFormation adopts none by itself.',
    ],
    commands: [
      `${tokenvend('roles', registryPath)} --account ${account} --vendor-role ${vendor} > roles.yaml`,
      'aws cloudformation deploy --stack-name tokenvend-roles --template-file roles.yaml --capabilities CAPABILITY_NAMED_IAM',
    ],
  };
}

const scpStep = ({ account }: Database): SetupStep => ({
  title: 'Where the organization has service control policies',
  notes: [
    `They must leave rds-db:connect, sts:AssumeRole and sts:SetSourceIdentity to account ${account}.`,
    'A login that an SCP refuses looks like a wrong password: “PAM authentication failed”, or 1045.',
  ],
  commands: [],
});

const caStep = ({ caBundle, region }: Database): SetupStep => ({
  title: 'Make sure that clients verify the server',
  notes:
    caBundle === 'amazon-roots'
      ? ['RDS Proxy has certificates of Amazon Trust Services, not of the RDS CAs.']
      : [
          `The server’s CA must be one of ${region}’s: rds-ca-rsa2048-g1, -rsa4096-g1 or -ecc384-g1.`,
        ],
  commands: [`tokenvend ca ${caBundle}`],
});

function tryStep({ name, users }: Database, { registryPath }: SetupOptions): SetupStep {
  const [user] = users;
  const target = shellQuote(user === undefined ? name : `${name}/${user.name}`);
  return {
    title: 'Publish the registry, and try',
    notes: [
      'Without a table, which is the default, build and deploy again in place of publish.',
      '`drift` compares the result with the registry; `doctor` follows one login.',
    ],
    commands: [
      tokenvend('drift', registryPath),
      `${tokenvend('publish', registryPath)} --registry-table "$REGISTRY_TABLE"`,
      `tokenvend doctor ${target}`,
    ],
  };
}

const tokenvend = (verb: string, path: string): string =>
  `tokenvend registry ${verb} ${shellQuote(path)}`;
