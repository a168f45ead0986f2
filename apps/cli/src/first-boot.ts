import type { INestApplicationContext } from '@nestjs/common';
import { UsersService } from '#access';
import type { Config } from '#config';
import { TemplatesService } from '#messaging';

/** What an empty database needs before people can use it; does nothing on a later boot. */
export async function firstBoot(
  app: INestApplicationContext,
  config: Config,
): Promise<{ email: string; oneTimePassword?: string } | undefined> {
  await app.get(TemplatesService).installBuiltIns();
  return app.get(UsersService).ensureFirstAdmin(config.adminEmail, config.adminPassword);
}
