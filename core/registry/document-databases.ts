import { isCidr } from '../source-ip.ts';
import { databaseUserProblem } from './database-user.ts';
import {
  isFilledListOf,
  isInteger,
  isListOf,
  isMatching,
  isObjectOf,
  isOneOf,
  isText,
} from './guards.ts';
import type { Database, DatabaseUser, Grant } from './model.ts';

const isGrant = isObjectOf<Grant>(
  { team: isText, roleArn: isMatching(/^arn:[a-z-]+:iam::\d{12}:role\/tokenvend-[\w+=,.@-]+$/) },
  { member: isText, externalId: isText },
);

const isUser = isObjectOf<DatabaseUser>(
  {
    // A16: the last look before the name stands in a policy.
    name: (value): value is string =>
      typeof value === 'string' && databaseUserProblem(value) === undefined,
    grants: isListOf(isGrant),
  },
  {
    vendFromCidrs: isListOf((value): value is string => typeof value === 'string' && isCidr(value)),
    notAfterMs: isInteger,
  },
);

/** Whether a value is a database of a compiled registry. */
export const isDatabase = isObjectOf<Database>(
  {
    name: isText,
    engine: isOneOf('postgres', 'mysql', 'mariadb'),
    host: isText,
    port: isInteger,
    region: isText,
    partition: isText,
    account: isMatching(/^\d{12}$/),
    resourceIds: isFilledListOf(isMatching(/^(?:db|cluster|prx)-[A-Za-z0-9]+$/)),
    caBundle: isText,
    users: isListOf(isUser),
  },
  { dbname: isText },
);
