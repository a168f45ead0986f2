import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { dataSourceOptions } from './data-source.js';
import { Database } from './database.js';

/** Connects one process to PostgreSQL. */
@Global()
@Module({ providers: [Database], exports: [Database] })
export class DatabaseModule {
  static forRoot(url: string, poolSize?: number): DynamicModule {
    const connection = {
      ...dataSourceOptions(url, poolSize),
      autoLoadEntities: true,
      retryAttempts: 3,
      retryDelay: 1000,
    };
    return { module: DatabaseModule, imports: [TypeOrmModule.forRoot(connection)] };
  }
}
