namespace Wirehook.JavaScript.Library.RegExps;

/// <summary>The instruction loop.</summary>
internal sealed partial class RegExpMatcher
{
    /// <summary>Runs the program from a position; the end of the match, or -1.</summary>
    private int Run(RegExpProgram program, int position)
    {
        int[] code = program.Code;
        CharSet[] sets = program.Sets;
        string input = _input;
        int pc = 0;
        while (true)
        {
            if (--_fuel <= 0) Spend(0);
            bool matched = true;
            switch ((RegExpOp)code[pc])
            {
                case RegExpOp.Match:
                    return position;
                case RegExpOp.Char:
                    matched = (uint)position < (uint)input.Length && input[position] == code[pc + 1];
                    position++;
                    pc += 2;
                    break;
                case RegExpOp.Set:
                    matched = (uint)position < (uint)input.Length && sets[code[pc + 1]].Contains(input[position]);
                    position++;
                    pc += 2;
                    break;
                case RegExpOp.SetLoop:
                    matched = RunGreedy(sets[code[pc + 1]], code[pc + 2], code[pc + 3], pc + 4, ref position);
                    pc += 4;
                    break;
                case RegExpOp.SetLoopLazy:
                    matched = RunLazy(sets[code[pc + 1]], code[pc + 2], code[pc + 3], pc, ref position);
                    pc += 4;
                    break;
                case RegExpOp.Jump:
                    pc = code[pc + 1];
                    break;
                case RegExpOp.Split:
                    Push(EntryKind.Choice, code[pc + 1], position, 0);
                    pc += 2;
                    break;
                case RegExpOp.SplitLazy:
                    Push(EntryKind.Choice, pc + 2, position, 0);
                    pc = code[pc + 1];
                    break;
                case RegExpOp.Save:
                    SetRegister(code[pc + 1], position);
                    pc += 2;
                    break;
                case RegExpOp.CaptureEnd:
                    SetRegister(code[pc + 1] * 2, _registers[code[pc + 2]]);
                    SetRegister(code[pc + 1] * 2 + 1, position);
                    pc += 3;
                    break;
                case RegExpOp.ResetCaptures:
                    ResetCaptures(code[pc + 1], code[pc + 2]);
                    pc += 3;
                    break;
                default:
                    matched = RunRare(code, ref pc, ref position);
                    break;
            }
            if (!matched && !Backtrack(program, out pc, out position)) return -1;
        }
    }

    /// <summary>Assertions, back-references, counted loops and lookaheads.</summary>
    private bool RunRare(int[] code, ref int pc, ref int position)
    {
        var op = (RegExpOp)code[pc];
        switch (op)
        {
            case RegExpOp.AssertStart:
                pc++;
                return position == 0;
            case RegExpOp.AssertLineStart:
                pc++;
                return position == 0 || IsLineEndAt(position - 1);
            case RegExpOp.AssertEnd:
                pc++;
                return position == _input.Length;
            case RegExpOp.AssertLineEnd:
                pc++;
                return position == _input.Length || IsLineEndAt(position);
            case RegExpOp.WordBoundary:
                pc++;
                return IsWordBoundary(position);
            case RegExpOp.NotWordBoundary:
                pc++;
                return !IsWordBoundary(position);
            case RegExpOp.BackReference or RegExpOp.BackReferenceIgnoreCase:
                position = MatchBackReference(code[pc + 1], position, op == RegExpOp.BackReferenceIgnoreCase);
                pc += 2;
                return position >= 0;
            case RegExpOp.SetRegister:
                SetRegister(code[pc + 1], code[pc + 2]);
                pc += 3;
                return true;
            case RegExpOp.LoopTest or RegExpOp.LoopTestLazy:
                pc = TestLoop(code, pc, position, greedy: op == RegExpOp.LoopTest);
                return true;
            case RegExpOp.LoopEnd:
                return EndIteration(code, ref pc, position);
            default:
                return RunLookahead(op, code, ref pc, ref position);
        }
    }

    private bool RunLookahead(RegExpOp op, int[] code, ref int pc, ref int position)
    {
        int register = code[pc + 1];
        switch (op)
        {
            case RegExpOp.LookStart:
                SetRegister(register, _height + 2);
                SetRegister(register + 1, position);
                pc += 2;
                return true;
            case RegExpOp.LookEnd:
                position = _registers[register + 1];
                DropChoices(_registers[register]);
                pc += 2;
                return true;
            case RegExpOp.NegativeLookStart:
                int height = _height;
                Push(EntryKind.Choice, code[pc + 2], position, 0);
                SetRegister(register, height);
                pc += 3;
                return true;
            default:
                UnwindTo(_registers[register]);
                return false;
        }
    }

    private bool RunGreedy(CharSet set, int min, int max, int next, ref int position)
    {
        string input = _input;
        int start = position;
        int limit = max < input.Length - start ? start + max : input.Length;
        int end = start;
        while (end < limit && set.Contains(input[end])) end++;
        Spend((end - start) >> 2);
        if (end - start < min) return false;
        if (end > start + min) Push(EntryKind.GreedyRun, next, start + min, end);
        position = end;
        return true;
    }

    private bool RunLazy(CharSet set, int min, int max, int pc, ref int position)
    {
        int start = position;
        if (min > _input.Length - start) return false;
        for (int i = 0; i < min; i++)
        {
            if (!set.Contains(_input[start + i])) return false;
        }
        position = start + min;
        if (max > min) Push(EntryKind.LazyRun, pc, position, max - min);
        return true;
    }

    private int TestLoop(int[] code, int pc, int position, bool greedy)
    {
        int counter = code[pc + 1];
        int count = _registers[counter];
        int body = pc + 5;
        int exit = code[pc + 4];
        if (count < code[pc + 2])
        {
            SetRegister(counter + 1, position);
            return body;
        }
        if (count >= code[pc + 3]) return exit;
        // The start of the iteration is set before the choice: leaving never reads it, and failure of the body undoes both.
        SetRegister(counter + 1, position);
        Push(EntryKind.Choice, greedy ? exit : body, position, 0);
        return greedy ? body : exit;
    }

    /// <summary>Refuses an optional iteration that consumed nothing (§15.10.2.5, RepeatMatcher step 2.1), else counts it.</summary>
    private bool EndIteration(int[] code, ref int pc, int position)
    {
        int counter = code[pc + 1];
        int count = _registers[counter];
        if (count >= code[pc + 2] && position == _registers[counter + 1]) return false;
        SetRegister(counter, count + 1);
        pc = code[pc + 3];
        return true;
    }

    private void ResetCaptures(int first, int end)
    {
        for (int register = first * 2; register < end * 2; register++)
        {
            if (_registers[register] >= 0) SetRegister(register, -1);
        }
    }
}
