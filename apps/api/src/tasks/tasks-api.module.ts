import { Module } from '@nestjs/common';
import { TasksModule } from '#tasks';
import { CommitmentsController } from './commitments.controller.js';
import { OpenCommitmentsController } from './open-commitments.controller.js';
import { TasksController } from './tasks.controller.js';

/** Tasks and commitments over HTTP. */
@Module({ imports: [TasksModule], controllers: [TasksController, CommitmentsController, OpenCommitmentsController] })
export class TasksApiModule {}
