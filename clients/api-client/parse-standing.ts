import type { DatabasePage } from '../../core/list-databases.ts';
import type { Standing } from '../../core/whoami.ts';
import { parseFields } from './fields.ts';
import { databaseIn } from './parse-answer.ts';

/** Reads `GET /v1/whoami`. @throws ClientError `answer-unreadable`. */
export function parseStanding(json: string): Standing {
  const fields = parseFields(json);
  return {
    kind: fields.oneOf('kind', ['jwt', 'iam']),
    ...(fields.has('issuer') ? { issuer: fields.text('issuer') } : {}),
    ...(fields.has('account') ? { account: fields.text('account') } : {}),
    principal: fields.text('principal'),
    teams: fields.objects('teams').map((team) => ({
      team: team.text('team'),
      members: team.texts('members'),
    })),
    ...(fields.has('expiresAt') ? { expiresAt: fields.instant('expiresAt') } : {}),
    registryVersion: fields.text('registryVersion'),
  };
}

/** Reads one page of `GET /v1/databases`. @throws ClientError `answer-unreadable`. */
export function parseDatabasePage(json: string): DatabasePage {
  const fields = parseFields(json);
  return {
    databases: fields.objects('databases').map((database) => ({
      ...databaseIn(database),
      users: database.objects('users').map((user) => ({
        user: user.text('user'),
        teams: user.texts('teams'),
      })),
    })),
    next: fields.isNull('next') ? null : fields.text('next'),
  };
}
