import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AccessModule, UsersService } from '#access';
import { AuditModule } from '#audit';
import { type Config, ConfigError, ConfigModule, loadConfig } from '#config';
import { DatabaseModule, migrate as migrateSchema } from '#database';

/** `chamberlain migrate`: brings DATABASE_URL up to date and makes the first administrator; run it before api and worker. */
export async function migrate(): Promise<void> {
  const config = loadConfig();
  const { databaseUrl } = config;
  if (!databaseUrl)
    throw new ConfigError(['DATABASE_URL is required (the embedded database migrates itself when it starts)']);
  const ran = await migrateSchema(databaseUrl);
  process.stdout.write(ran.length > 0 ? `Ran ${ran.join(', ')}.\n` : 'The schema is up to date.\n');
  const app = await NestFactory.createApplicationContext(FirstBootModule.forRoot({ ...config, databaseUrl }), {
    logger: ['error', 'warn'],
  });
  const admin = await app.get(UsersService).ensureFirstAdmin(config.adminEmail, config.adminPassword);
  await app.close();
  if (admin)
    process.stdout.write(
      `First administrator: ${admin.email}${admin.oneTimePassword ? ` / ${admin.oneTimePassword}` : ''}\n`,
    );
}

/** As little as making the first administrator needs. */
@Module({})
class FirstBootModule {
  static forRoot(config: Config & { databaseUrl: string }): DynamicModule {
    const mechanisms = [ConfigModule.forRoot(config), DatabaseModule.forRoot(config.databaseUrl, 2)];
    return { module: FirstBootModule, imports: [...mechanisms, AuditModule, AccessModule] };
  }
}
