/**
 * How databases refuse a login. PostgreSQL by SQLSTATE (PostgreSQL manual, appendix A, class 28): RDS
 * answers 28000 for a token that PAM refused, 28P01 for a user without `rds_iam`. MySQL and MariaDB by
 * error 1045.
 */
const refusals: readonly unknown[] = ['28000', '28P01', 'ER_ACCESS_DENIED_ERROR', 1045];

/** Where drivers and ORMs put the code. */
const codeFields = ['code', 'errno', 'originalCode'] as const;

/** Where ORMs put the driver's error: ES2022, Sequelize (two), TypeORM. */
const causeFields = ['cause', 'parent', 'original', 'driverError'] as const;

/** Deeper than any ORM nests. A cycle ends here as well. */
const maxDepth = 5;

/** Whether a database refused the login, however deep an ORM has wrapped its answer. */
export function isLoginRefusal(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > maxDepth) return false;
  if (codeFields.some((field) => refusals.includes(Reflect.get(error, field)))) return true;
  return causeFields.some((field) => isLoginRefusal(Reflect.get(error, field), depth + 1));
}
