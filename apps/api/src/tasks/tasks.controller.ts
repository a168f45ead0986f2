import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { MyDayReader, TaskHandoversService, TasksReader, tasksList, TasksService } from '#tasks';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import {
  CompletionDto,
  CreateTaskDto,
  MyDayDto,
  ReassignedDto,
  ReassignmentDto,
  TaskDto,
  UpdateTaskDto,
} from './task.dto.js';
import { presentMyDay, presentTask } from './task.presenter.js';

@ApiTags('Tasks and commitments')
@Controller('v1/tasks')
@Permit('tasks:write')
export class TasksController {
  constructor(
    private readonly tasks: TasksService,
    private readonly reader: TasksReader,
    private readonly days: MyDayReader,
    private readonly handovers: TaskHandoversService,
  ) {}

  /** Lists tasks, the most urgent first */
  @Get()
  @Permit('records:read')
  @ApiList(TaskDto, tasksList)
  @ApiQuery({
    name: 'assigneeId',
    required: false,
    type: String,
    description: 'Like filter[assigneeId]; `me` is the caller.',
  })
  @ApiQuery({ name: 'overdue', required: false, type: Boolean, description: 'Like filter[overdue].' })
  async list(@ListQuery(['assigneeId', 'overdue']) request: ListRequest): Promise<Page<TaskDto>> {
    return presentPage(await this.reader.list(request), presentTask);
  }

  /** What today asks of the caller: overdue, due today, in the next days, without a date but high, and promises that close */
  @Get('my-day')
  @Permit('records:read')
  async myDay(): Promise<MyDayDto> {
    return presentMyDay(await this.days.get());
  }

  /** Open tasks of one user go to another, such as those of a colleague who leaves; by that user or a manager */
  @Post('reassignment')
  @HttpCode(200)
  async reassign(@Body() body: ReassignmentDto): Promise<ReassignedDto> {
    const { tasks, commitments } = await this.handovers.handOver(body);
    return { tasks, commitments };
  }

  /** One task; an archived one is still found here */
  @Get(':id')
  @Permit('records:read')
  async get(@Id() id: string): Promise<TaskDto> {
    return presentTask(await this.reader.get(id));
  }

  /** Adds a task; with a due time and an assignee it plans its reminders */
  @Post()
  @CreatesIn('/v1/tasks')
  async create(@Body() body: CreateTaskDto): Promise<TaskDto> {
    const { id } = await this.tasks.create(body);
    return presentTask(await this.reader.get(id));
  }

  /** Changes the fields given; moved or reassigned tasks plan their reminders anew */
  @Patch(':id')
  @TakesIfMatch()
  async update(@Id() id: string, @Body() body: UpdateTaskDto, @IfMatch() version?: number): Promise<TaskDto> {
    await this.tasks.update(id, body, version);
    return presentTask(await this.reader.get(id));
  }

  /** Takes a task out of the lists; nothing more is sent about it */
  @Delete(':id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.tasks.archive(id, version);
  }

  /** The task is done; nothing more is sent about it */
  @Post(':id/completion')
  @HttpCode(200)
  async complete(@Id() id: string, @Body() { note }: CompletionDto): Promise<TaskDto> {
    await this.tasks.complete(id, note);
    return presentTask(await this.reader.get(id));
  }

  /** The task is not to be done any more; nothing more is sent about it */
  @Post(':id/cancellation')
  @HttpCode(200)
  async cancel(@Id() id: string): Promise<TaskDto> {
    await this.tasks.cancel(id);
    return presentTask(await this.reader.get(id));
  }

  /** The task is to be done after all; reminders that are still to come are planned again */
  @Post(':id/reopening')
  @HttpCode(200)
  async reopen(@Id() id: string): Promise<TaskDto> {
    await this.tasks.reopen(id);
    return presentTask(await this.reader.get(id));
  }
}
