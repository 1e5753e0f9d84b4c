using System.Numerics;

namespace OnnxSentiment.Trainer;

/// <summary>
/// One table and a copy of it for each shard. Shards change their copies at the same time; <see cref="Merge"/> then
/// adds the changes of all to the table, in a fixed order, and hands it out again. Unlike threads that write into one
/// table (Hogwild), this gives the same numbers in every run and on any number of threads.
/// </summary>
internal sealed class SharedTable
{
    private readonly VectorTable _table;
    private readonly Copy[] _copies;

    internal SharedTable(VectorTable table, int shards)
    {
        _table = table;
        _copies = [.. Enumerable.Range(0, shards).Select(_ => new Copy(table))];
    }

    internal Copy CopyOf(int shard) => _copies[shard];

    internal void Merge(ParallelOptions options)
    {
        var changed = _copies.SelectMany(copy => copy.TakeChanged()).ToHashSet().ToArray();
        var part = (changed.Length + _copies.Length - 1) / _copies.Length;
        Parallel.For(0, _copies.Length, options, p =>
        {
            foreach (var row in changed.AsSpan(Math.Min(p * part, changed.Length),
                Math.Min(part, changed.Length - Math.Min(p * part, changed.Length))))
            {
                MergeRow(row);
            }
        });
    }

    private void MergeRow(int row)
    {
        var merged = _table.Row(row);
        Span<Vector<float>> old = stackalloc Vector<float>[merged.Length];
        merged.CopyTo(old);
        foreach (var copy in _copies)
        {
            VectorTable.Add(merged, 1, copy.Values.Row(row));
            VectorTable.Add(merged, -1, old);
        }

        foreach (var copy in _copies)
        {
            merged.CopyTo(copy.Values.Row(row));
        }
    }

    /// <summary>A shard's copy, which remembers the rows that were asked for in order to change them.</summary>
    internal sealed class Copy
    {
        private readonly bool[] _isChanged;
        private readonly List<int> _changed = [];

        internal Copy(VectorTable table)
        {
            Values = new VectorTable(table.Rows, table.Size);
            Values.CopyFrom(table);
            _isChanged = new bool[table.Rows];
        }

        internal VectorTable Values { get; }

        internal Span<Vector<float>> RowToChange(int row)
        {
            if (!_isChanged[row])
            {
                _isChanged[row] = true;
                _changed.Add(row);
            }

            return Values.Row(row);
        }

        internal int[] TakeChanged()
        {
            int[] rows = [.. _changed];
            _changed.Clear();
            Array.Clear(_isChanged);
            return rows;
        }
    }
}
