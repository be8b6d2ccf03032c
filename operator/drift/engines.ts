import type { Engine } from '../../core/registry/model.ts';

/** The engines behind RDS's name for one; none for those without IAM authentication, and for Neptune and DocumentDB, which RDS lists too. */
export function enginesOf(name: string | undefined): readonly Engine[] {
  switch (name) {
    case 'postgres':
    case 'aurora-postgresql':
      return ['postgres'];
    case 'mysql':
    case 'aurora-mysql':
      return ['mysql'];
    case 'mariadb':
      return ['mariadb'];
    default:
      return [];
  }
}

/** The engines that a proxy of a family may stand before. */
export function enginesOfFamily(family: string | undefined): readonly Engine[] {
  if (family === 'POSTGRESQL') return ['postgres'];
  return family === 'MYSQL' ? ['mysql', 'mariadb'] : [];
}
