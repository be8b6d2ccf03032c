import { expect, it } from 'vitest';
import { findServer } from '../../../../local/database/system-server.ts';

it('says in one sentence what a real server lacks: root, or packages', async () => {
  const finding = findServer({
    option: '--mariadb',
    packageName: 'mariadb-server',
    account: 'mysql',
    program: '/nowhere/*/mariadbd',
  });

  const packages = 'apt-get install mariadb-server libpam-script curl';
  await expect(finding).rejects.toThrow(process.getuid?.() === 0 ? packages : 'needs root');
});
