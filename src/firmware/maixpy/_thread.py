# _thread of MaixPy 0.5, whose threads all run on core 0 under one lock. Only the main one runs here.
from _vhw import missing, native

_MAIN = 1


class LockType:
    def __init__(self):
        self._is_locked = False

    @native
    def acquire(self, wait=1, timeout=-1):
        if self._is_locked:
            if wait:
                raise RuntimeError('the only thread waits for a lock that it holds: the board hangs here')
            return False
        self._is_locked = True
        return True

    @native
    def release(self):
        if not self._is_locked:
            raise RuntimeError
        self._is_locked = False

    @native
    def locked(self):
        return self._is_locked

    __enter__ = acquire

    def __exit__(self, *error):
        self.release()


@native
def allocate_lock():
    return LockType()


@native
def get_ident():
    return _MAIN


@native
def start_new_thread(function, args, kwargs=None):
    missing('_thread', 'start_new_thread, which runs beside the script')


def __getattr__(name):
    return missing('_thread', name)
