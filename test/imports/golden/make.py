"""Makes the logs beside this file with the tools that write them: tensorboardX 2.6.5, tensorboard 2.21.0, trackio 0.43.0,
MLflow 3.17.2, wandb 0.31.0. Only the pages of the databases are made smaller afterwards, by SQLite itself; what holds paths and users is left out.

    python make.py FOLDER
"""

import math
import os
import shutil
import sqlite3
import sys
import time

folder = os.path.abspath(sys.argv[1])
os.environ['TRACKIO_DIR'] = os.path.join(folder, 'trackio-raw')
logged = [(s, 2.0 * math.exp(-s / 100) + 0.1, 8 - s / 50) for s in range(0, 100, 10)]


def tensorboard():
    import numpy as np
    from tensorboard.summary import Writer
    from tensorboardX import SummaryWriter

    run = os.path.join(folder, 'tensorboard', 'run_a')
    for part in (logged, logged[6:] + [(100, 0.5, 1.5)]):
        writer = SummaryWriter(run)
        for s, loss, rank in part:
            writer.add_scalar('loss', loss if part is logged else loss + 1, s)
            writer.add_scalar('fc1/stable_rank', rank, s)
            writer.add_scalar('fc2/stable_rank', rank / 2, s)
        if part is logged:
            writer.add_histogram('h', np.arange(5.0), 0)
            writer.add_text('note', 'hi', 0)
        writer.close()
        time.sleep(1.1)
    writer = Writer(os.path.join(folder, 'tensorboard-tensors'))
    for s, loss, rank in logged:
        writer.add_scalar('loss', np.float32(loss), s)
        writer.add_scalar('fc1/stable_rank', np.float32(rank), s)
    writer.close()


def trackio():
    import trackio

    trackio.init(project='demo', name='run-one', config={'lr': 0.1, 'architecture': 'mlp'})
    for s, loss, rank in logged:
        trackio.log({'loss': loss, 'fc1/stable_rank': rank, 'bad': float('nan') if s == 20 else 1.0}, step=s)
    trackio.finish()
    shrink(os.path.join(folder, 'trackio-raw', 'demo.db'), os.path.join(folder, 'trackio', 'demo.db'), None)


def wandb():
    os.environ.update(WANDB_MODE='offline', WANDB_SILENT='true', WANDB_DIR=folder)  # it makes the folder `wandb` there
    import wandb as wb

    settings = wb.Settings(
        x_disable_meta=True, x_disable_stats=True, x_disable_machine_info=True, x_save_requirements=False, host='host',
        console='off', disable_code=True, disable_git=True,
    )
    config = {'learningRate': 0.1, 'seed': 3, 'optimizer': {'name': 'adam'}}
    for first, last, resume in ((0, 30, None), (25, 40, 'allow')):
        run = wb.init(project='p', name='first', id='abcd1234', resume=resume, config=config, settings=settings)
        for s in range(first, last):
            row = {'loss': float('nan') if s == 7 else 1 / (s + 1), 'fc1': {'stable_rank': 5 + math.sin(s)}, 'fc2/stable_rank': 3.5}
            run.log({**row, **({'val/accuracy': s / 40} if s % 10 == 0 else {})}, step=5 * s)
        if resume:
            run.log({'note': 'end', 'weights': wb.Histogram([1, 2, 3], num_bins=4)}, step=5 * last)
        run.finish()


def mlflow():
    import mlflow as ml

    path = os.path.join(folder, 'mlflow-raw.db')
    ml.set_tracking_uri('sqlite:///' + path)
    ml.set_experiment('demo')
    with ml.start_run(run_name='first'):
        ml.log_params({'lr': 0.1, 'seed': 3})
        for s, loss, rank in logged:
            ml.log_metric('loss', loss, step=s)
            ml.log_metric('fc1/stable_rank', rank if s != 20 else float('nan'), step=s)
    with ml.start_run(run_name='second'):
        for s, loss, rank in logged:
            ml.log_metric('loss', loss + 1, step=s)
    shrink(path, os.path.join(folder, 'mlflow', 'mlflow.db'), {'metrics', 'latest_metrics', 'runs', 'params'})


def shrink(source, target, kept):
    os.makedirs(os.path.dirname(target), exist_ok=True)
    shutil.copy(source, target)
    database = sqlite3.connect(target)
    database.execute('PRAGMA journal_mode = DELETE')
    if kept is not None:
        names = [n for (n,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            if name not in kept and not name.startswith('sqlite_'):
                database.execute(f'DROP TABLE "{name}"')
        database.execute("UPDATE runs SET artifact_uri = '', user_id = ''")
    database.commit()
    database.execute('PRAGMA page_size = 512')
    database.execute('VACUUM')
    database.close()


def write_ahead():
    """A database whose last transactions are in its write-ahead log alone, with a row that overflows its page."""
    path = os.path.join(folder, 'wal.db')
    database = sqlite3.connect(path)
    database.execute('PRAGMA page_size = 512')
    database.execute('PRAGMA journal_mode = WAL')
    database.execute('CREATE TABLE t (id INTEGER PRIMARY KEY, "a b" REAL, note TEXT DEFAULT (\'x,y\'), UNIQUE(id))')
    database.executemany('INSERT INTO t VALUES (?, ?, ?)', [(i, i / 3, 'n' * (i % 7)) for i in range(1, 101)])
    database.commit()
    database.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    database.execute('UPDATE t SET "a b" = -1.5 WHERE id = 50')
    database.execute('INSERT INTO t VALUES (1000, 9223372036854775807, ?)', ('long ' * 1000,))
    database.commit()
    shutil.copy(path, os.path.join(folder, 'wal', 'log.db'))
    shutil.copy(path + '-wal', os.path.join(folder, 'wal', 'log.db-wal'))


if __name__ == '__main__':
    tensorboard()
    trackio()
    mlflow()
    wandb()
    os.makedirs(os.path.join(folder, 'wal'), exist_ok=True)
    write_ahead()
