import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { AccessModule } from '#access';
import { ApiKeysController } from './api-keys.controller.js';
import { AuditEntriesController } from './audit-entries.controller.js';
import { AuthController } from './auth.controller.js';
import { JwtStrategy } from './jwt.strategy.js';
import { LocalStrategy } from './local.strategy.js';
import { UsersController } from './users.controller.js';

/** Signing in, users, API keys, and who did what. */
@Module({
  imports: [PassportModule.register({ session: false }), AccessModule],
  controllers: [AuthController, UsersController, ApiKeysController, AuditEntriesController],
  providers: [JwtStrategy, LocalStrategy],
})
export class AccessApiModule {}
