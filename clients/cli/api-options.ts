import type { Command } from 'commander';

/** The flags that say where the API is, and how long to wait for it, as they were given. */
export interface ApiPlaceOptions {
  readonly apiUrl?: string;
  readonly apiCa?: string;
  readonly timeoutMs: string;
  readonly wait: string;
}

/** The flags of every verb that calls the API as somebody, as they were given. */
export interface ApiOptions extends ApiPlaceOptions {
  readonly auth: string;
  readonly identityTokenFile?: string;
  readonly identityCommand?: string;
  readonly apiRegion?: string;
  readonly awsProfile?: string;
}

/** Adds the flags of a verb that calls the API. */
export function addApiOptions(command: Command): Command {
  addApiUrlOption(command)
    .option('--auth <kind>', 'jwt, or iam for the AWS default credentials', 'jwt')
    .option('--identity-token-file <path>', 'a file with your JWT, read anew for every request')
    .option('--identity-command <command>', 'a shell command that prints your JWT')
    .option('--api-region <region>', 'with --auth iam, the Region of an API with a custom domain')
    .option('--aws-profile <name>', 'with --auth iam, the profile of the AWS configuration');
  return addReachOptions(command);
}

/** Adds the flags of a verb that calls the API before there is an identity. */
export function addApiPlaceOptions(command: Command): Command {
  return addReachOptions(addApiUrlOption(command));
}

/** Adds `--api-url`. */
export function addApiUrlOption(command: Command): Command {
  return command.option(
    '--api-url <url>',
    "the API's address; several, separated by commas, are tried in order",
  );
}

function addReachOptions(command: Command): Command {
  return command
    .option('--api-ca <path>', 'PEM file of the CA that signed the API’s own certificate')
    .option('--timeout-ms <number>', 'for one attempt at one address', '10000')
    .option('--wait <seconds>', 'how long to go on trying where the API does not answer', '10');
}

/** Adds `--team`, for the verbs that ask for tokens. */
export function addTeamOption(command: Command): Command {
  return command.option('--team <team>', 'which of your teams asks, where several have the grant');
}

/** Adds `--via`, for the verbs that open connections, or write down how. */
export function addViaOption(command: Command): Command {
  return command.option(
    '--via <[alias=]ip:port>',
    'dial this end of a tunnel, and verify the real endpoint; several, separated by commas',
  );
}

/** Adds `--via` and `--application-name`, for the verbs whose connections are somebody else's to open. */
export function addConnectionOptions(command: Command): Command {
  return addViaOption(command).option(
    '--application-name <name>',
    'what the session is called in the database',
  );
}
