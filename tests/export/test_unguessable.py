"""Downloads with hidden numbers are never the same twice, so that nobody can guess their address."""

import io
import zipfile

from ipsdash.export.unguessable import unguessable
from tests.workbooks import goals, opened


def test_the_same_file_has_other_bytes_each_time_and_the_same_contents():
    archive = goals()
    one, other = unguessable(archive), unguessable(archive)
    assert one != other
    for made in (one, other):
        with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(io.BytesIO(made)) as after:
            assert after.testzip() is None
            assert [after.read(name) for name in after.namelist()] == [before.read(name) for name in before.namelist()]
        assert opened(made).sheetnames == opened(archive).sheetnames
