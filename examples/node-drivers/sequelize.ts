import { QueryTypes, Sequelize } from 'sequelize';
import { createTokenSource, pgOptions } from 'tokenvend';

const source = createTokenSource();
const target = { database: 'orders', user: 'orders_app' };
const { host, port, database, user, ssl, application_name } = await pgOptions(source, target);

const db = new Sequelize({
  dialect: 'postgres',
  host,
  port,
  database,
  username: user,
  dialectOptions: { ssl, application_name },
  hooks: {
    // Sequelize takes no function for the password. It asks this hook before each connection.
    beforeConnect: async (config) => {
      config.password = await source.password(target);
    },
  },
  pool: { max: 4 },
  logging: false,
});

export async function currentUser(): Promise<unknown> {
  const [row] = await db.query<{ current_user: string }>('select current_user', {
    type: QueryTypes.SELECT,
  });
  return row?.current_user;
}

export const end = () => db.close();
