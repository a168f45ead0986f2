import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { permissionOf } from './access.guard.js';

/** Stops the boot when a route says neither who may call it nor that everybody may. */
@Injectable()
export class PermissionCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const unguarded = this.discovery.getControllers().flatMap(({ metatype, instance }) => {
      if (!metatype || !instance) return [];
      const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
      return this.scanner
        .getAllMethodNames(prototype)
        .filter((name) => prototype[name] && Reflect.hasMetadata(PATH_METADATA, prototype[name]))
        .filter((name) => permissionOf(this.reflector, prototype[name] ?? {}, metatype) === undefined)
        .map((name) => `${metatype.name}.${name}`);
    });
    if (unguarded.length > 0) throw new Error(`Routes without @Permit or @Public: ${unguarded.join(', ')}`);
  }
}
